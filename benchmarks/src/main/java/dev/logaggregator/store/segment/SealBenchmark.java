package dev.logaggregator.store.segment;

import benchmarks.events.EncodedBatches;
import benchmarks.events.SampleEvents;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Topic;
import java.util.Arrays;
import java.util.HashMap;
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

/** Sealing a full segment, per event; the baseline is zstd alone on the same bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SealBenchmark.EVENTS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SealBenchmark {

  static final int EVENTS = 16_000;

  private static final int BLOCK_BYTES = 64 * 1024;

  @Param({"50", "1000"})
  int topicCount;

  private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(1);
  private Sealer sealer;
  private RawSegment raw;

  private static final class Kept extends SegmentTopic {

    Kept(Topic topic) {
      super(topic);
    }

    @Override
    public long floor() {
      return 0;
    }

    @Override
    public int sizeBytes() {
      return topic().name().length();
    }
  }

  /** Fills a segment. */
  @Setup
  public void fill() {
    sealer = new Sealer();
    Map<Topic, SegmentTopic> topics = new HashMap<>();
    SampleEvents events = SampleEvents.ofTopics(topicCount);
    OpenSegment open = new OpenSegment(0, Integer.MAX_VALUE, EVENTS, BLOCK_BYTES);
    for (int offset = 0; offset < EVENTS; offset += SampleEvents.BATCH_EVENTS) {
      EventBatch batch = EncodedBatches.of(events, offset / SampleEvents.BATCH_EVENTS);
      for (int i = 0; i < batch.size(); i++) {
        Topic topic = batch.topics().get(batch.topicIndex(i));
        open.append(batch, i, offset + i, topics.computeIfAbsent(topic, Kept::new), 0);
      }
    }
    raw = open.snapshot();
  }

  /** Seals it. */
  @Benchmark
  public SealedSegment seal() {
    return sealer.seal(raw);
  }

  /** Compresses it in pieces of the same size. */
  @Benchmark
  public int zstdAlone() {
    int size = 0;
    for (byte[] chunk : raw.chunks()) {
      for (int from = 0; from < chunk.length; from += BLOCK_BYTES) {
        int to = Math.min(chunk.length, from + BLOCK_BYTES);
        size += zstd.compress(Arrays.copyOfRange(chunk, from, to)).length;
      }
    }
    return size;
  }

  /** Frees what is native. */
  @TearDown
  public void close() {
    sealer.close();
    zstd.close();
  }
}
