package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Event;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Topic;
import dev.logaggregator.journal.none.NoJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Publishers, readers and statistics at the same time. */
class EventStoreConcurrencyTest {

  private static final int PUBLISHERS = 8;
  private static final int READERS = 4;
  private static final int EVENTS = 200_000;

  @ParameterizedTest
  @ValueSource(strings = {"512MB", "4MB"})
  void everyReaderSeesEachRetainedEventOnceAndInOrder(String maxBytes) throws Exception {
    RetentionSettings retention =
        new RetentionSettings(DataSize.parse(maxBytes), null, null, Map.of());
    try (EventStore store =
            new EventStore(
                new NoJournal(),
                retention,
                DeduplicationSettings.DEFAULT,
                TopicSettings.DEFAULT,
                () -> Events.NOW);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicBoolean done = new AtomicBoolean();
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(() -> follow(store, done)));
      }
      Future<?> statistics =
          threads.submit(
              () -> {
                while (!done.get()) {
                  EventStoreContract.assertSumsAddUp(store.statistics(Integer.MAX_VALUE));
                  Thread.yield();
                }
              });
      List<Future<?>> publishers = new ArrayList<>();
      for (int i = 0; i < PUBLISHERS; i++) {
        int seed = i;
        publishers.add(threads.submit(() -> publish(store, new Random(seed))));
      }
      for (Future<?> publisher : publishers) {
        publisher.get();
      }
      done.set(true);
      statistics.get();
      for (Future<Long> reader : readers) {
        long missed = reader.get();
        assertThat(missed).isLessThanOrEqualTo(store.statistics(0).evicted());
      }
      EventStoreContract.assertSumsAddUp(store.statistics(Integer.MAX_VALUE));
    }
  }

  /** Whatever is deleted meanwhile, what is read is in order, and the figures add up. */
  @Test
  void topicsMayBeDeletedWhileTheyArePublishedToAndRead() throws Exception {
    RetentionSettings retention =
        new RetentionSettings(DataSize.ofMegabytes(8), null, null, Map.of());
    try (EventStore store =
            new EventStore(
                new NoJournal(),
                retention,
                DeduplicationSettings.DEFAULT,
                TopicSettings.DEFAULT,
                () -> Events.NOW);
        // Two virtual ones that never wait would leave no carrier to the others.
        ExecutorService threads = Executors.newCachedThreadPool()) {
      AtomicBoolean done = new AtomicBoolean();
      Future<?> deletions =
          threads.submit(
              () -> {
                Random random = new Random(1);
                while (!done.get()) {
                  store.deleteTopic(new Topic("t" + random.nextInt(20)));
                  store.enforceRetention();
                  assertPartsAddUp(store.statistics(Integer.MAX_VALUE));
                  Thread.yield();
                }
              });
      Future<?> reader =
          threads.submit(
              () -> {
                while (!done.get()) {
                  assertThat(Events.all(store, Order.ASC))
                      .extracting(Event::offset)
                      .isSorted()
                      .doesNotHaveDuplicates();
                }
              });
      List<Future<?>> publishers = new ArrayList<>();
      for (int i = 0; i < PUBLISHERS / 2; i++) {
        int seed = i;
        publishers.add(threads.submit(() -> publish(store, new Random(seed))));
      }
      try {
        for (Future<?> publisher : publishers) {
          publisher.get();
        }
      } finally {
        done.set(true);
      }
      deletions.get();
      reader.get();
      for (int i = 0; i < 20; i++) {
        store.deleteTopic(new Topic("t" + i));
      }
      assertThat(Events.all(store, Order.ASC)).isEmpty();
      assertThat(store.statistics(0).topicCount()).isZero();
      assertThat(store.statistics(0).retainedBytes()).isZero();
      assertThat(store.firstRetainedOffset()).isEqualTo(store.watermark());
    }
  }

  private static void assertPartsAddUp(LogStatistics all) {
    assertThat(all.accepted()).isEqualTo(all.retained() + all.evicted());
    assertThat(all.accepted())
        .isGreaterThanOrEqualTo(all.topics().stream().mapToLong(TopicStatistics::accepted).sum());
    assertThat(all.retained())
        .isEqualTo(all.topics().stream().mapToLong(TopicStatistics::retained).sum());
    assertThat(all.retainedBytes())
        .isEqualTo(all.topics().stream().mapToLong(TopicStatistics::bytes).sum());
  }

  /** Follows the log to its end; returns how many offsets it was told that it missed. */
  private static long follow(EventStore store, AtomicBoolean done) throws Exception {
    long[] last = {ReadRequest.OLDEST};
    long missed = 0;
    while (!done.get() || last[0] < store.watermark() - 1) {
      long first = store.firstRetainedOffset();
      if (last[0] < first - 1) {
        missed += first - 1 - last[0];
        last[0] = first - 1;
      }
      long before = last[0];
      ReadResult result =
          store.read(
              new ReadRequest(new Events.Any(), Order.ASC, last[0], 5_000),
              event -> {
                if (last[0] == before && event.offset() > before + 1) {
                  // Retention overtook the reader between its look and its read.
                  last[0] = event.offset() - 1;
                }
                assertThat(event.offset()).isEqualTo(last[0] + 1);
                last[0] = event.offset();
                return true;
              });
      assertThat(result.position()).isGreaterThanOrEqualTo(last[0]);
      store.awaitBeyond(last[0] + 1, Duration.ofMillis(20));
    }
    return missed;
  }

  private static void publish(EventStore store, Random random) {
    for (int sent = 0; sent < EVENTS / PUBLISHERS; ) {
      EventBatch.Builder batch = new EventBatch.Builder(Events.NOW);
      int size = 1 + random.nextInt(200);
      for (int i = 0; i < size; i++) {
        Events.add(
            batch,
            "t" + random.nextInt(20),
            "id-" + random.nextInt(EVENTS),
            "{\"n\":" + random.nextLong() + ",\"text\":\"the quick brown fox\"}");
      }
      store.publish(batch.build());
      sent += size;
    }
  }
}
