package benchmarks.inside;

import benchmarks.events.EncodedBatches;
import benchmarks.events.SampleEvents;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.filter.FilterParameters;
import dev.logaggregator.journal.none.NoJournal;
import dev.logaggregator.store.DeduplicationSettings;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Order;
import dev.logaggregator.store.ReadRequest;
import dev.logaggregator.store.ReadResult;
import dev.logaggregator.store.RetentionSettings;
import dev.logaggregator.store.TopicSettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Searching a million retained events for what isn't there. The baseline is the word whose letters
 * don't occur, for which nothing is unpacked.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class ScanBenchmark {

  private static final int BATCHES = 1_000;

  @Param({"absentquokka", "98765432101", "bytes > 999999999"})
  String query;

  private EventStore store;
  private EventFilter filter;

  /** Fills a log. */
  @Setup
  public void fill() throws InterruptedException {
    store =
        new EventStore(
            new NoJournal(),
            RetentionSettings.DEFAULT,
            DeduplicationSettings.DEFAULT,
            TopicSettings.DEFAULT,
            InstantSource.system());
    SampleEvents events = SampleEvents.ofTopics(50);
    for (int i = 0; i < BATCHES; i++) {
      store.publish(EncodedBatches.of(events, i));
    }
    filter = FilterParameters.of(List.of(), query).compile();
    Thread.sleep(1_000);
  }

  /** Looks for the newest matching event. */
  @Benchmark
  public ReadResult search() throws IOException {
    return store.read(new ReadRequest(filter, Order.DESC, ReadRequest.NEWEST, 100), event -> true);
  }

  /** Closes the log. */
  @TearDown
  public void close() {
    store.close();
  }
}
