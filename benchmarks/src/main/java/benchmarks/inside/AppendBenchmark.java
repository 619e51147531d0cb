package benchmarks.inside;

import benchmarks.events.EncodedBatches;
import benchmarks.events.SampleEvents;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.journal.none.NoJournal;
import dev.logaggregator.store.DeduplicationSettings;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.RetentionSettings;
import dev.logaggregator.store.TopicSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.unit.DataSize;

/**
 * Storing a batch of a thousand events that are no duplicates, with full retention; the baseline is
 * the same without deduplication. Sealing goes on beside it, and holds it up when it is slower.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SampleEvents.BATCH_EVENTS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class AppendBenchmark {

  private static final int WINDOW = 1_000_000;

  /** More than fit into the window, so that none is a duplicate when they come round again. */
  private static final int BATCHES = 2 * WINDOW / SampleEvents.BATCH_EVENTS;

  @Param({"1000000", "0"})
  int deduplicated;

  private final EventBatch[] batches = new EventBatch[BATCHES];
  private EventStore store;
  private int next;

  /** Encodes the batches and opens a log. */
  @Setup
  public void open() {
    SampleEvents events = SampleEvents.ofTopics(50);
    for (int i = 0; i < BATCHES; i++) {
      batches[i] = EncodedBatches.of(events, i);
    }
    store =
        new EventStore(
            new NoJournal(),
            new RetentionSettings(DataSize.ofMegabytes(256), null, null, Map.of()),
            new DeduplicationSettings(deduplicated, null),
            TopicSettings.DEFAULT,
            InstantSource.system());
  }

  /** Stores a batch. */
  @Benchmark
  public Receipt publish() {
    next = next + 1 == BATCHES ? 0 : next + 1;
    return store.publish(batches[next]);
  }

  /** Closes the log. */
  @TearDown
  public void close() {
    store.close();
  }
}
