package dev.logaggregator.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Event;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.store.EventStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An event that comes with an id of its request is stored when the body has ended. */
class HeldBackEventTest {

  private static final Instant BEGUN = Instant.parse("2026-11-22T07:00:00Z");
  private static final Instant ENDED = BEGUN.plus(Duration.ofSeconds(40));

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGUN);

  /** The end of the body is forty seconds away. */
  private InputStream slow(String body) {
    return new ByteArrayInputStream(body.getBytes(UTF_8)) {
      @Override
      public int read(byte[] target, int offset, int length) {
        int count = super.read(target, offset, length);
        if (count < 0) {
          now.set(ENDED);
        }
        return count;
      }
    };
  }

  @Test
  void saysWhenItWasAccepted() {
    try (EventStore store = Log.open(10)) {
      Intake intake =
          new Intake(store, now::get, Bodies.settings(1000, 1000), new MemoryAccount(1 << 30));
      Preset preset = new Preset("k".getBytes(UTF_8), null, null, null, 0);
      try (Body body = intake.open(slow("{\"topic\":\"a\"}\n"), null, -1, "client")) {
        assertThat(intake.takeEnvelopeLines(body, preset).stoppedBy()).isNull();
      }
      try (Body body = intake.open(slow("{\"topic\":\"a\",\"timestamp\":1}"), null, -1, "client")) {
        assertThat(intake.takeEnvelopes(body, Preset.NONE).stoppedBy()).isNull();
      }
      assertThat(Log.events(store, "a")).extracting(Event::receivedAt).containsOnly(ENDED);
      assertThat(Log.events(store, "a"))
          .extracting(Event::timestamp)
          .containsExactly(ENDED, Instant.ofEpochSecond(1));
    }
  }
}
