package dev.logaggregator.store.segment;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventFilter.Verdict;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import dev.logaggregator.event.Topic;
import dev.logaggregator.store.segment.column.GroupHeader;
import dev.logaggregator.store.segment.column.RowGroup;
import dev.logaggregator.store.segment.column.SegmentContent;
import dev.logaggregator.store.segment.column.SegmentHeader;
import dev.logaggregator.store.segment.column.SegmentReader;
import java.util.BitSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A segment at rest: its events sorted by topic, in columns, with what readers need to skip it or
 * most of its row groups. Immutable, so that readers share it without locks.
 *
 * <p>Within a segment events lie by topic, so that a reader of one topic reads only what is that
 * topic's; and the log is cut into segments by offset, so that a reader of everything unpacks one
 * of them at a time and sorts its events back by offset.
 */
public final class SealedSegment implements Segment, BlockSummary {

  private final long baseOffset;
  private final long lastOffset;
  private final long lastReceivedMillis;
  private final TopicDirectory directory;
  private final SegmentHeader header;
  private final SegmentContent content;
  private final BlockFilter filter;
  private final int eventCount;
  private final long minSecond;
  private final long maxSecond;
  private final int levels;
  private final long sizeBytes;

  SealedSegment(
      RawSegment raw,
      TopicDirectory directory,
      SegmentHeader header,
      SegmentContent content,
      BlockFilter filter) {
    this.baseOffset = raw.baseOffset();
    this.lastOffset = raw.lastOffset();
    this.lastReceivedMillis = raw.lastReceivedMillis();
    this.directory = directory;
    this.header = header;
    this.content = content;
    this.filter = filter;
    int events = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    int levelBits = 0;
    for (GroupHeader group : header.groups()) {
      events += group.rows();
      min = Math.min(min, group.minSecond());
      max = Math.max(max, group.maxSecond());
      levelBits |= group.levels();
    }
    eventCount = events;
    minSecond = min;
    maxSecond = max;
    levels = levelBits;
    sizeBytes =
        directory.sizeBytes() + filter.sizeBytes() + header.sizeBytes() + content.sizeBytes() + 128;
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
    for (GroupHeader group : header.groups()) {
      events += wanted.judge(summary(group)) == Verdict.NONE ? 0 : group.rows();
    }
    return events > eventCount / 2;
  }

  private BlockSummary summary(GroupHeader group) {
    return new RowGroupSummary(group, directory, baseOffset);
  }

  /** All events, unpacked. */
  public RawSegment unpack() {
    Extract all = new Extract();
    SegmentReader reader = reader();
    for (int i = 0; i < reader.groups(); i++) {
      RowGroup group = reader.group(i);
      for (int row = 0; row < group.size(); row++) {
        int length = group.assemble(row);
        all.add(group.assembled(), length, group.offset(row));
      }
    }
    return all.build();
  }

  private SegmentReader reader() {
    return new SegmentReader(header, content, topics(), baseOffset, this::summary);
  }

  /**
   * Hands on the matching events as rows of their columns, each event once, in no order. The rows
   * are valid during the call only.
   */
  public void scanRows(EventFilter wanted, BiConsumer<EventRows, BitSet> matching) {
    scanGroups(wanted, matching::accept);
  }

  /** Hands on the matching events, in the order of their row groups, not of their offsets. */
  public void scan(EventFilter wanted, Consumer<EventView> matching) {
    EventView view = new EventView(topics());
    scanGroups(
        wanted,
        (group, rows) -> {
          for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            group.show(row, view);
            matching.accept(view);
          }
        });
  }

  private void scanGroups(EventFilter wanted, BiConsumer<RowGroup, BitSet> matching) {
    if (wanted.judge(this) == Verdict.NONE) {
      return;
    }
    SegmentReader reader = reader();
    for (int i = 0; i < reader.groups(); i++) {
      RowGroup group = reader.group(i);
      Verdict verdict = wanted.judge(group.summary());
      if (verdict != Verdict.NONE) {
        BitSet rows = RowSelection.all(group.size());
        BitSet found = verdict == Verdict.ALL ? rows : select(wanted, group, rows);
        if (!found.isEmpty()) {
          matching.accept(group, found);
        }
      }
    }
  }

  /** The rows that match: by their columns if these tell, else looked at one by one. */
  private BitSet select(EventFilter wanted, RowGroup group, BitSet asked) {
    RowSelection said = wanted.select(group, asked);
    if (said.isExact()) {
      return said.certain();
    }
    BitSet found = (BitSet) said.possible().clone();
    BitSet open = (BitSet) said.possible().clone();
    open.andNot(said.certain());
    EventView view = new EventView(topics());
    for (int row = open.nextSetBit(0); row >= 0; row = open.nextSetBit(row + 1)) {
      group.show(row, view);
      if (!wanted.matches(view)) {
        found.clear(row);
      }
    }
    return found;
  }

  /** The matching events only, unpacked. */
  public RawSegment extract(EventFilter wanted) {
    Extract matches = new Extract();
    scan(wanted, event -> matches.add(event.bytes(), event.length(), event.offset()));
    return matches.build();
  }

  /** Events that are taken out, to be read in the order of their offsets. */
  private final class Extract {

    private final EventChunks chunks = new EventChunks(1024);
    private final EventOrder order = new EventOrder(16);

    void add(byte[] event, int length, long offset) {
      order.add((int) (offset - baseOffset), chunks.append(length));
      System.arraycopy(event, 0, chunks.last(), chunks.used() - length, length);
    }

    RawSegment build() {
      return new RawSegment(
          baseOffset,
          lastOffset,
          topics(),
          chunks.all(),
          order.starts(),
          order.size(),
          lastReceivedMillis);
    }
  }
}
