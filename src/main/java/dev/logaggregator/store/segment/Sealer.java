package dev.logaggregator.store.segment;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.logaggregator.event.EventView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns raw segments into packed ones: sorts by topic, cuts into blocks, compresses. One thread.
 */
public final class Sealer implements AutoCloseable {

  /** Large enough to compress well, small enough to unpack in some tens of microseconds. */
  private static final int BLOCK_BYTES = 64 * 1024;

  /** A topic with so much in a segment doesn't share a block that has as much already. */
  private static final int OWN_BLOCK_BYTES = BLOCK_BYTES / 4;

  /** Memory that is kept for the next segment; an event of megabytes needs more for once. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private static final int LEVEL = 1;

  private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL);
  private byte[] scratch = new byte[BLOCK_BYTES];
  private byte[] packed = {};
  private final SegmentFilters filters = new SegmentFilters();

  /** Events that are gone already are left out. */
  public PackedSegment seal(RawSegment raw) {
    LiveEvents live = LiveEvents.of(raw);
    filters.begin(live, raw);
    Block[] blocks = pack(live);
    scratch = scratch.length > MAX_KEPT_BYTES ? new byte[BLOCK_BYTES] : scratch;
    packed = packed.length > MAX_KEPT_BYTES ? new byte[0] : packed;
    return new PackedSegment(raw, live.directory(), blocks, filters.build());
  }

  private Block[] pack(LiveEvents live) {
    EventView view = live.view();
    TopicDirectory directory = live.directory();
    List<Block> blocks = new ArrayList<>();
    int topic = -1;
    int left = 0;
    BlockSketch sketch = new BlockSketch(0);
    for (int event : live.byTopic()) {
      view.moveTo(live.starts()[event]);
      boolean nextTopic = left == 0;
      if (nextTopic) {
        topic++;
        left = directory.topics().events(topic);
      }
      left--;
      boolean deservesOwn = nextTopic && directory.topics().bytes(topic) >= OWN_BLOCK_BYTES;
      if (!sketch.takes(view.length(), deservesOwn)) {
        blocks.add(sketch.build(directory));
        sketch = new BlockSketch(topic);
      }
      append(view, sketch.length, topic);
      sketch.add(view, topic);
      filters.add(view);
    }
    if (sketch.events > 0) {
      blocks.add(sketch.build(directory));
    }
    return blocks.toArray(Block[]::new);
  }

  private void append(EventView view, int at, int topicNumber) {
    if (at + view.length() > scratch.length) {
      scratch = Arrays.copyOf(scratch, Math.max(at + view.length(), scratch.length * 2));
    }
    view.copyTo(scratch, at, topicNumber);
  }

  @Override
  public void close() {
    zstd.close();
  }

  /** A block while its events are collected. */
  private final class BlockSketch {

    private final int firstTopic;
    private int lastTopic;
    private int length;
    private int events;
    private long firstOffset = Long.MAX_VALUE;
    private long lastOffset;
    private long minSecond = Long.MAX_VALUE;
    private long maxSecond = Long.MIN_VALUE;
    private int levels;

    BlockSketch(int firstTopic) {
      this.firstTopic = firstTopic;
      this.lastTopic = firstTopic;
    }

    boolean takes(int size, boolean deservesOwn) {
      return events == 0
          || (length + size <= BLOCK_BYTES && !(deservesOwn && length >= OWN_BLOCK_BYTES));
    }

    void add(EventView event, int topic) {
      lastTopic = topic;
      length += event.length();
      events++;
      firstOffset = Math.min(firstOffset, event.offset());
      lastOffset = Math.max(lastOffset, event.offset());
      minSecond = Math.min(minSecond, event.timestampSecond());
      maxSecond = Math.max(maxSecond, event.timestampSecond());
      levels |= 1 << event.levelCode();
    }

    private byte[] compressed() {
      int most = (int) Zstd.compressBound(length);
      packed = packed.length < most ? new byte[most] : packed;
      int size = zstd.compressByteArray(packed, 0, packed.length, scratch, 0, length);
      return Arrays.copyOf(packed, size);
    }

    Block build(TopicDirectory directory) {
      return new Block(
          directory,
          firstTopic,
          lastTopic - firstTopic + 1,
          events,
          firstOffset,
          lastOffset,
          minSecond,
          maxSecond,
          levels,
          compressed(),
          length);
    }
  }
}
