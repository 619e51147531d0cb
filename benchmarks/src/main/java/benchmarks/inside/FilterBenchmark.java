package benchmarks.inside;

import benchmarks.events.EncodedBatches;
import benchmarks.events.SampleEvents;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.filter.FilterParameters;
import java.util.Arrays;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** Evaluating a compiled filter on an event; the baseline is the one that takes everything. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SampleEvents.BATCH_EVENTS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FilterBenchmark {

  @Param({
    "",
    "level >= warn",
    "topic: shop.*.t1",
    "authorized",
    "98765432101",
    "status: 500",
    "bytes > 999999999",
    "status: (500 or 503) and not source: mailer*"
  })
  String query;

  private EventFilter filter;
  private EventView view;
  private int[] starts;

  /** Lays out a batch as it lies in the log. */
  @Setup
  public void encode() {
    EventBatch batch = EncodedBatches.of(SampleEvents.ofTopics(50), 0);
    byte[] bytes = batch.bytes().clone();
    starts = new int[batch.size()];
    Arrays.setAll(starts, batch::start);
    for (int i = 0; i < batch.size(); i++) {
      batch.copyTo(i, bytes, starts[i], i, batch.topicIndex(i));
    }
    view = new EventView(batch.topics()::get);
    view.attach(bytes, 0);
    filter = FilterParameters.of(List.of(), query).compile();
  }

  /** Counts the matching events of a thousand. */
  @Benchmark
  public int matches() {
    int count = 0;
    for (int start : starts) {
      view.moveTo(start);
      count += filter.matches(view) ? 1 : 0;
    }
    return count;
  }
}
