package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.store.RetentionSettings.TopicBounds;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class TopicWindowTest {

  /** A chunk is ten milliseconds. */
  private final TopicWindow aged =
      new TopicWindow(List.of(new TopicBounds(null, null, Duration.ofMillis(160))));

  @Test
  void forgetsChunksThatAreGoneToTheirLastEvent() {
    aged.add(0, 10, 0);
    aged.add(1, 10, 20);
    aged.dropOldest(1, 10);

    assertThat(aged.pollExpired(165)).isNull();
    TopicWindow.Chunk second = Objects.requireNonNull(aged.pollExpired(181));
    assertThat(second.events).isEqualTo(1);
    assertThat(second.lastOffset).isEqualTo(1);
    assertThat(aged.pollExpired(Long.MAX_VALUE)).isNull();
  }

  @Test
  void keepsWhatIsLeftOfAChunk() {
    aged.add(0, 10, 0);
    aged.add(1, 20, 5);
    aged.dropOldest(1, 10);

    TopicWindow.Chunk rest = Objects.requireNonNull(aged.pollExpired(166));
    assertThat(rest.events).isEqualTo(1);
    assertThat(rest.bytes).isEqualTo(20);
  }

  @Test
  void keepsExactlyAsMuchAsItsTightestBoundsAllow() {
    TopicWindow window =
        new TopicWindow(
            List.of(
                new TopicBounds(DataSize.ofBytes(1_000), 100L, null),
                new TopicBounds(DataSize.ofBytes(160), 50L, Duration.ofMillis(100))));
    for (int i = 0; i < 16; i++) {
      window.add(i, 10, 0);
    }
    assertThat(window.isExpired(100)).isFalse();
    assertThat(window.isExpired(101)).isTrue();

    window.add(16, 10, 0);
    TopicWindow.Chunk oldest = Objects.requireNonNull(window.pollExpired(0));
    assertThat(oldest.lastOffset).isZero();
    assertThat(window.isExpired(0)).isFalse();
  }
}
