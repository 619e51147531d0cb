package dev.logaggregator.store.segment;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns raw segments into sealed ones: sorts by topic, cuts into blocks, compresses. One thread.
 */
public final class Sealer implements AutoCloseable {

  /** Large enough to compress well, small enough to unpack in some tens of microseconds. */
  private static final int BLOCK_BYTES = 64 * 1024;

  /** A topic with so much in a segment doesn't share a block that has as much already. */
  private static final int OWN_BLOCK_BYTES = BLOCK_BYTES / 4;

  private static final int LEVEL = 1;

  private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL);
  private byte[] scratch = new byte[BLOCK_BYTES];
  private byte[] packed = {};
  private final BlockFilter.Builder filter = new BlockFilter.Builder();

  /** Events that are gone already are left out. */
  public SealedSegment seal(RawSegment raw) {
    EventView view = new EventView(raw.topics());
    raw.show(view);
    long[] floors = floors(raw.topics());
    int[] events = new int[floors.length];
    int[] bytes = new int[floors.length];
    countLive(raw, view, floors, events, bytes);
    int[] order = TopicDirectory.order(raw.topics(), events);
    TopicDirectory directory = TopicDirectory.of(raw.topics(), order, events, bytes);
    int[] sorted = liveByTopic(raw, view, floors, events, order);
    filter.begin(sorted.length * 2, (int) raw.chunkBytes());
    for (int i = 0; i < directory.size(); i++) {
      byte[] name = directory.topic(i).bytes();
      filter.addText(name, 0, name.length);
    }
    Block[] blocks = pack(sorted, directory, view);
    return new SealedSegment(raw, directory, blocks, filter.build());
  }

  /** The floors of all topics at one moment: they may move while the segment is sealed. */
  private static long[] floors(SegmentTopics topics) {
    return IntStream.range(0, topics.count()).mapToLong(topics::floor).toArray();
  }

  private Block[] pack(int[] sorted, TopicDirectory directory, EventView view) {
    List<Block> blocks = new ArrayList<>();
    int topic = -1;
    int left = 0;
    BlockSketch sketch = new BlockSketch(0);
    for (int start : sorted) {
      view.moveTo(start);
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
      addToFilter(view);
    }
    if (sketch.events > 0) {
      blocks.add(sketch.build(directory));
    }
    return blocks.toArray(Block[]::new);
  }

  private static void countLive(
      RawSegment raw, EventView view, long[] floors, int[] events, int[] bytes) {
    for (int i = 0; i < raw.eventCount(); i++) {
      view.moveTo(raw.starts()[i]);
      int topic = view.topicNumber();
      if (view.offset() >= floors[topic]) {
        events[topic]++;
        bytes[topic] += view.length();
      }
    }
  }

  /** Where the live events start, sorted by topic. */
  private static int[] liveByTopic(
      RawSegment raw, EventView view, long[] floors, int[] events, int[] order) {
    int[] next = new int[floors.length];
    int count = 0;
    for (int topic : order) {
      next[topic] = count;
      count += events[topic];
    }
    int[] sorted = new int[count];
    for (int i = 0; i < raw.eventCount(); i++) {
      view.moveTo(raw.starts()[i]);
      int topic = view.topicNumber();
      if (view.offset() >= floors[topic]) {
        sorted[next[topic]++] = raw.starts()[i];
      }
    }
    return sorted;
  }

  private void append(EventView view, int at, int topicNumber) {
    if (at + view.length() > scratch.length) {
      scratch = Arrays.copyOf(scratch, Math.max(at + view.length(), scratch.length * 2));
    }
    view.copyTo(scratch, at, topicNumber);
  }

  private void addToFilter(EventView event) {
    byte[] bytes = event.bytes();
    filter.addKey(BlockFilter.idHash(bytes, event.idStart(), event.idEnd()));
    if (event.sourceStart() < event.sourceEnd()) {
      filter.addKey(BlockFilter.sourceHash(bytes, event.sourceStart(), event.sourceEnd()));
    }
    int start = event.sourceStart();
    int end = event.payloadEnd();
    filter.addText(bytes, start, end);
    if (event.hasEscape()) {
      byte[] meant =
          JsonText.unescape(bytes, event.attributesStart(), end).getBytes(StandardCharsets.UTF_8);
      filter.addText(meant, 0, meant.length);
    }
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
