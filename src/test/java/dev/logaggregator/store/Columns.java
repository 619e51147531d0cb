package dev.logaggregator.store;

import dev.logaggregator.event.IdentityKey;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.worker.Workers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Stores that write their segments in columns at once, for tests. */
final class Columns {

  private Columns() {}

  static EventStore open(
      Journal journal,
      RetentionSettings retention,
      DeduplicationSettings deduplication,
      InstantSource clock) {
    AtomicLong nanos = new AtomicLong();
    return new EventStore(
        journal,
        retention,
        deduplication,
        TopicSettings.DEFAULT,
        clock,
        List.of(),
        IdentityKey.random(),
        new Workers(),
        new MemoryAccount(Runtime.getRuntime().maxMemory() / 4),
        new ColumnPace(() -> nanos.addAndGet(2 * ColumnPace.CALM_NANOS)));
  }

  /** Returns when every segment that is to lie in columns does. */
  static void await(EventStore store) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(50))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              SegmentCounts segments = store.segments();
              return segments.waiting() == 0 && segments.packed() == 0;
            });
  }
}
