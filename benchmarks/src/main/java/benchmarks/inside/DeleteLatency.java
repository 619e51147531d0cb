package benchmarks.inside;

import benchmarks.events.EncodedBatches;
import benchmarks.events.SampleEvents;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.Topic;
import dev.logaggregator.journal.none.NoJournal;
import dev.logaggregator.store.DeduplicationSettings;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.RetentionSettings;
import dev.logaggregator.store.TopicSettings;
import dev.logaggregator.store.TopicStatistics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.util.unit.DataSize;

/**
 * How long a publish of one event takes at most while the topics go that have nearly all of the
 * log; beside that without any deletion. A program, since what counts is the worst of some
 * thousands: {@code java -Xmx3g … benchmarks.inside.DeleteLatency [millions of events]}.
 */
public final class DeleteLatency {

  private static final int TOPICS = 1_000;
  private static final int BATCHES_A_MILLION = 1_000_000 / SampleEvents.BATCH_EVENTS;
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long PHASE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final EventStore store =
      new EventStore(
          new NoJournal(),
          new RetentionSettings(DataSize.ofGigabytes(2), null, null, Map.of()),
          DeduplicationSettings.DEFAULT,
          TopicSettings.DEFAULT,
          InstantSource.system());

  private DeleteLatency() {}

  /** Prints the figures. */
  public static void main(String[] arguments) throws InterruptedException {
    int millions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    new DeleteLatency().measure(millions);
  }

  private void measure(int millions) throws InterruptedException {
    SampleEvents events = SampleEvents.ofTopics(TOPICS);
    for (int i = 0; i < millions * BATCHES_A_MILLION; i++) {
      store.publish(EncodedBatches.of(events, i));
    }
    Topic[] topics =
        store.statistics(TOPICS).topics().stream()
            .map(TopicStatistics::topic)
            .toArray(Topic[]::new);
    publish("warm up");
    publish("without a deletion");
    Thread upkeep = Thread.ofPlatform().daemon().start(this::upkeep);
    Thread deletion =
        Thread.ofPlatform()
            .start(
                () -> {
                  LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                  long begun = System.nanoTime();
                  for (Topic topic : topics) {
                    store.deleteTopic(topic);
                  }
                  System.out.printf(
                      "%d deletions took %d ms%n",
                      topics.length, (System.nanoTime() - begun) / 1_000_000);
                });
    publish("with deletions");
    deletion.join();
    upkeep.interrupt();
    System.out.printf(
        "left: %d events, %d bytes%n",
        store.statistics(0).retained(), store.statistics(0).storedBytes());
    store.close();
  }

  /** As the service does twice a second. */
  private void upkeep() {
    while (!Thread.currentThread().isInterrupted()) {
      store.enforceRetention();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
    }
  }

  private void publish(String phase) {
    EventBatch.Builder builder = new EventBatch.Builder(Instant.now());
    EventDraft draft = new EventDraft();
    long[] nanos = new long[1 << 20];
    int count = 0;
    long end = System.nanoTime() + PHASE_NANOS;
    for (long now = System.nanoTime(); now < end && count < nanos.length; now = System.nanoTime()) {
      draft.topic = new Topic("single");
      draft.payload.set("{\"n\":1}".getBytes(StandardCharsets.UTF_8));
      builder.add(draft, 10);
      draft.clear();
      EventBatch batch = builder.build();
      long begun = System.nanoTime();
      store.publish(batch);
      nanos[count++] = System.nanoTime() - begun;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    System.out.printf(
        "%s: %d publishes, median %d µs, p99 %d µs, worst %d µs%n",
        phase,
        count,
        sorted[count / 2] / 1_000,
        sorted[(int) (count * 0.99)] / 1_000,
        sorted[count - 1] / 1_000);
  }
}
