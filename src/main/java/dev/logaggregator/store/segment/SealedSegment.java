package dev.logaggregator.store.segment;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventFilter.Verdict;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import java.util.function.Consumer;

/**
 * A segment at rest: its events sorted by topic, in compressed blocks, with what readers need to
 * skip it or most of its blocks. Immutable, so that readers share it without locks.
 *
 * <p>Within a segment events lie by topic, so that a reader of one topic unpacks only what is that
 * topic's; and the log is cut into segments by offset, so that a reader of everything unpacks one
 * of them at a time and sorts its events back by offset.
 */
public final class SealedSegment implements Segment, BlockSummary {

  private final long baseOffset;
  private final long lastOffset;
  private final long lastReceivedMillis;
  private final TopicDirectory directory;
  private final Block[] blocks;
  private final BlockFilter filter;
  private final int eventCount;
  private final long minSecond;
  private final long maxSecond;
  private final int levels;
  private final long sizeBytes;

  SealedSegment(RawSegment raw, TopicDirectory directory, Block[] blocks, BlockFilter filter) {
    this.baseOffset = raw.baseOffset();
    this.lastOffset = raw.lastOffset();
    this.lastReceivedMillis = raw.lastReceivedMillis();
    this.directory = directory;
    this.blocks = blocks;
    this.filter = filter;
    int events = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    int levelBits = 0;
    long size = directory.sizeBytes() + filter.sizeBytes() + 128;
    for (Block block : blocks) {
      events += block.eventCount();
      min = Math.min(min, block.minSecond());
      max = Math.max(max, block.maxSecond());
      levelBits |= block.levels();
      size += block.sizeBytes();
    }
    eventCount = events;
    minSecond = min;
    maxSecond = max;
    levels = levelBits;
    sizeBytes = size;
  }

  @Override
  public long baseOffset() {
    return baseOffset;
  }

  @Override
  public long firstOffset() {
    return baseOffset;
  }

  @Override
  public long lastOffset() {
    return lastOffset;
  }

  @Override
  public int eventCount() {
    return eventCount;
  }

  @Override
  public long lastReceivedMillis() {
    return lastReceivedMillis;
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public long minSecond() {
    return minSecond;
  }

  @Override
  public long maxSecond() {
    return maxSecond;
  }

  @Override
  public int levels() {
    return levels;
  }

  @Override
  public SegmentTopics topics() {
    return directory.topics();
  }

  @Override
  public int topicCount() {
    return directory.size();
  }

  @Override
  public Topic topic(int index) {
    return directory.topic(index);
  }

  @Override
  public boolean hasTopic(Topic topic) {
    return directory.numberOf(topic) >= 0;
  }

  @Override
  public boolean mayContainKey(long hash) {
    return filter.mayContainKey(hash);
  }

  @Override
  public boolean mayContainText(int[] trigrams) {
    return filter.mayContainText(trigrams);
  }

  /** Whether most of the segment would have to be unpacked for that filter. */
  public boolean isMostlyWanted(EventFilter wanted) {
    if (wanted.judge(this) == Verdict.NONE) {
      return false;
    }
    int events = 0;
    for (Block block : blocks) {
      events += wanted.judge(block) == Verdict.NONE ? 0 : block.eventCount();
    }
    return events > eventCount / 2;
  }

  /** All events, unpacked. */
  public RawSegment unpack() {
    byte[][] chunks = new byte[blocks.length][];
    EventView view = new EventView(topics());
    EventOrder order = new EventOrder(eventCount);
    for (int i = 0; i < blocks.length; i++) {
      int end = blocks[i].rawLength();
      chunks[i] = new byte[end];
      blocks[i].unpackTo(chunks[i]);
      view.attach(chunks[i], baseOffset);
      for (int at = 0; at < end; at = view.end()) {
        moveTo(at, end, view);
        order.add((int) (view.offset() - baseOffset), i << EventView.CHUNK_BITS | at);
      }
    }
    return raw(chunks, order);
  }

  /** Hands on the matching events, in the order of their blocks, not of their offsets. */
  public void scan(EventFilter wanted, Consumer<EventView> matching) {
    if (wanted.judge(this) == Verdict.NONE) {
      return;
    }
    byte[] scratch = new byte[largestCandidate(wanted)];
    EventView view = new EventView(topics());
    view.attach(scratch, baseOffset);
    for (Block block : blocks) {
      Verdict verdict = wanted.judge(block);
      if (verdict == Verdict.NONE) {
        continue;
      }
      block.unpackTo(scratch);
      for (int at = 0; at < block.rawLength(); at = view.end()) {
        moveTo(at, block.rawLength(), view);
        if (verdict == Verdict.ALL || wanted.matches(view)) {
          matching.accept(view);
        }
      }
    }
  }

  /** The matching events only, unpacked. */
  public RawSegment extract(EventFilter wanted) {
    EventOrder order = new EventOrder(16);
    EventChunks matches = new EventChunks(1024);
    scan(
        wanted,
        event -> {
          int size = event.length();
          order.add((int) (event.offset() - baseOffset), matches.append(size));
          int at = matches.used() - size;
          System.arraycopy(event.bytes(), event.start(), matches.last(), at, size);
        });
    return raw(matches.all(), order);
  }

  private int largestCandidate(EventFilter wanted) {
    int largest = 0;
    for (Block block : blocks) {
      if (block.rawLength() > largest && wanted.judge(block) != Verdict.NONE) {
        largest = block.rawLength();
      }
    }
    return largest;
  }

  private RawSegment raw(byte[][] chunks, EventOrder order) {
    return new RawSegment(
        baseOffset, lastOffset, topics(), chunks, order.starts(), order.size(), lastReceivedMillis);
  }

  private void moveTo(int at, int end, EventView view) {
    view.moveTo(at, end);
    boolean known = view.topicNumber() >= 0 && view.topicNumber() < directory.size();
    if (!known || view.offset() < baseOffset || view.offset() > lastOffset) {
      throw Block.damaged("an event at " + at + " is not of this segment", null);
    }
  }
}
