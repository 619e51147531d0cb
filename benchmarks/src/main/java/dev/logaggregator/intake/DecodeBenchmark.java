package dev.logaggregator.intake;

import benchmarks.events.SampleEvents;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** From a line of NDJSON to an encoded event; the baseline is Jackson going through its tokens. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SampleEvents.BATCH_EVENTS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {

  private static final int MAX_DEPTH = 64;
  private static final int BATCHES = 100;

  private final JsonFactory jackson = new JsonFactory();
  private final EnvelopeDecoder decoder = new EnvelopeDecoder(MAX_DEPTH, new TopicNames());
  private final EventDraft draft = new EventDraft();
  private final EventBatch.Builder builder = new EventBatch.Builder(Instant.EPOCH);
  private SampleEvents events;
  private int next;
  private SampleEvents.Batch[] batches;

  /** Makes the lines. */
  @Setup
  public void generate() {
    events = SampleEvents.ofTopics(50);
    batches = new SampleEvents.Batch[BATCHES];
    for (int i = 0; i < BATCHES; i++) {
      batches[i] = events.batch(i);
    }
  }

  /** Decodes, validates and encodes a thousand lines. */
  @Benchmark
  public EventBatch decode() {
    SampleEvents.Batch lines = nextBatch();
    for (int i = 0; i < lines.size(); i++) {
      decoder.decode(lines.bytes(), lines.start(i), lines.end(i), draft);
      builder.add(draft, lines.end(i) - lines.start(i));
      draft.clear();
    }
    return builder.build();
  }

  /** Goes through the tokens of a thousand lines. */
  @Benchmark
  public int jacksonTokens() {
    SampleEvents.Batch lines = nextBatch();
    int tokens = 0;
    try (JsonParser parser = jackson.createParser(ObjectReadContext.empty(), lines.bytes())) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  private SampleEvents.Batch nextBatch() {
    next = next + 1 == BATCHES ? 0 : next + 1;
    return batches[next];
  }
}
