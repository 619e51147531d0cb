package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.store.RetentionSettings.TopicBounds;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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

  private static TopicWindow window(
      @Nullable DataSize bytes, @Nullable Long events, @Nullable Duration age) {
    return new TopicWindow(List.of(new TopicBounds(bytes, events, age)));
  }

  /** Adds an event of ten bytes a millisecond; how many there were when the first had to go. */
  private static long keptAfterTheFirstGoes(TopicWindow window) {
    for (long i = 0; ; i++) {
      window.add(i, 10, i);
      TopicWindow.Chunk gone = window.pollExpired(i);
      if (gone != null) {
        assertThat(window.isExpired(i)).isFalse();
        return i + 1 - gone.events;
      }
    }
  }

  @Test
  void keepsFifteenSixteenthsOfWhateverBoundsIt() {
    assertThat(keptAfterTheFirstGoes(window(null, 1_600L, null))).isBetween(1_500L, 1_600L);
    assertThat(keptAfterTheFirstGoes(window(DataSize.ofBytes(16_000), null, null)))
        .isBetween(1_500L, 1_600L);
  }

  /** It is its last event that a chunk is as old as. */
  @Test
  void keepsWhatIsOfItsAgeAndASixteenthMoreAtMost() {
    assertThat(keptAfterTheFirstGoes(window(null, null, Duration.ofMillis(1_600))))
        .isBetween(1_500L, 1_601L);
  }

  @Test
  void isInASmallNumberOfChunksHoweverManyEventsItHas() {
    TopicWindow window = window(null, null, Duration.ofMillis(16_000));
    for (int i = 0; i < 16_000; i++) {
      window.add(i, 10, i);
    }
    int chunks = 0;
    while (window.pollExpired(Long.MAX_VALUE) != null) {
      chunks++;
    }
    assertThat(chunks).isBetween(15, 16);
  }

  @Test
  void whatIsGoneAlreadyLeavesRoomForAsMuch() {
    TopicWindow events = window(null, 160L, null);
    TopicWindow bytes = window(DataSize.ofBytes(1_600), null, null);
    for (TopicWindow window : List.of(events, bytes)) {
      for (int i = 0; i < 160; i++) {
        window.add(i, 10, 0);
      }
      window.dropOldest(25, 250);
      for (int i = 160; i < 185; i++) {
        window.add(i, 10, 0);
        assertThat(window.isExpired(0)).isFalse();
      }
      window.add(185, 10, 0);

      TopicWindow.Chunk rest = Objects.requireNonNull(window.pollExpired(0));
      assertThat(rest.lastOffset).isEqualTo(29);
      assertThat(rest.events).isEqualTo(5);
      assertThat(rest.bytes).isEqualTo(50);
    }
  }
}
