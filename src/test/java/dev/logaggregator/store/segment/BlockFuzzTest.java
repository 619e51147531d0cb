package dev.logaggregator.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import dev.logaggregator.store.Events;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Blocks give back what was put into them; damaged ones give events that lie within their bounds,
 * or say that they are damaged, and nothing else: no endless loop, no other exception. Repeat a
 * failure with {@code -Dblock.seed=…}.
 */
class BlockFuzzTest {

  private static final int TOPICS = 5;
  private static final long BASE = 1_000;

  @Test
  void damagedBlocksAreRecognized() {
    fuzz(5_000);
  }

  @Test
  @Tag("long")
  void damagedBlocksAreRecognizedForLong() {
    fuzz(1_000_000);
  }

  private void fuzz(int runs) {
    long firstSeed = Long.getLong("block.seed", System.nanoTime());
    try (Sealer sealer = new Sealer()) {
      RawSegment raw = null;
      PackedSegment whole = null;
      for (int i = 0; i < runs; i++) {
        long seed = firstSeed + i;
        Random random = new Random(seed);
        if (raw == null || random.nextInt(100) == 0) {
          raw = segment(random);
          whole = sealer.seal(raw);
          assertThat(events(whole.unpack())).as("seed %d", seed).isEqualTo(events(raw));
        }
        read(damaged(raw, whole, random), seed);
      }
    }
  }

  private void read(PackedSegment damaged, long seed) {
    try {
      damaged.unpack();
      damaged.scan(new Events.Any(), BlockFuzzTest::readWhole);
    } catch (IllegalStateException expected) {
      assertThat(expected).as("seed %d", seed).hasMessageContaining("damaged");
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static void readWhole(EventView event) {
    event.id();
    event.source();
    event.payload();
    event.topic();
    event.hasEscape();
  }

  private RawSegment segment(Random random) {
    EventBatch.Builder builder = new EventBatch.Builder(Events.NOW);
    int count = 1 + random.nextInt(20);
    for (int i = 0; i < count; i++) {
      String text = "x".repeat(random.nextInt(40)) + (random.nextBoolean() ? "\\n" : "");
      Events.add(builder, "topic." + random.nextInt(TOPICS), "id-" + i, '"' + text + '"');
    }
    EventBatch batch = builder.build();
    List<KeptTopic> topics = batch.topics().stream().map(Topic::name).map(KeptTopic::new).toList();
    OpenSegment open = new OpenSegment(BASE, Integer.MAX_VALUE, count, batch.sizeBytes());
    for (int i = 0; i < count; i++) {
      open.append(batch, i, BASE + i, topics.get(batch.topicIndex(i)), 0);
    }
    return open.snapshot();
  }

  /** With one block, of which some bytes were changed before or after it was compressed. */
  private PackedSegment damaged(RawSegment raw, PackedSegment whole, Random random) {
    byte[] bytes = whole.unpack().chunks()[0];
    boolean before = random.nextBoolean();
    if (before) {
      change(bytes, random);
    }
    byte[] compressed = Zstd.compress(bytes);
    if (!before) {
      compressed = cut(compressed, random);
      change(compressed, random);
    }
    int[] events = new int[raw.topics().count()];
    Arrays.fill(events, 1);
    int[] order = TopicDirectory.order(raw.topics(), events);
    TopicDirectory directory = TopicDirectory.of(raw.topics(), order, events, events);
    Block block =
        new Block(
            directory,
            0,
            directory.size(),
            raw.eventCount(),
            raw.baseOffset(),
            raw.lastOffset(),
            0,
            Long.MAX_VALUE,
            1,
            compressed,
            bytes.length);
    return new PackedSegment(
        raw, directory, new Block[] {block}, new BlockFilter.Builder().build());
  }

  private static void change(byte[] bytes, Random random) {
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        default ->
            Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) -random.nextInt(2));
      }
    }
  }

  private static byte[] cut(byte[] bytes, Random random) {
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private List<Object> events(RawSegment raw) {
    EventView view = new EventView();
    raw.show(view);
    List<Object> events = new ArrayList<>();
    for (int i = 0; i < raw.eventCount(); i++) {
      view.moveTo(raw.starts()[i]);
      events.add(view.toEvent());
    }
    return events;
  }
}
