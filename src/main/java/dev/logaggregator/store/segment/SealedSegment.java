package dev.logaggregator.store.segment;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventFilter.Verdict;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import java.util.List;
import java.util.function.Consumer;

/**
 * A segment at rest: its events sorted by topic, in parts, with what readers need to skip it or
 * most of its parts. Immutable, so that readers share it without locks. It lies packed first, which
 * is cheap, and in columns later, which is small and quick to search.
 *
 * <p>Within a segment events lie by topic, so that a reader of one topic reads only what is that
 * topic's; and the log is cut into segments by offset, so that a reader of everything unpacks one
 * of them at a time and sorts its events back by offset.
 */
public abstract sealed class SealedSegment implements Segment, BlockSummary
    permits PackedSegment, ColumnSegment {

  private static final int OBJECT_BYTES = 128;

  private final long baseOffset;
  private final long lastOffset;
  private final long lastReceivedMillis;
  private final TopicDirectory directory;
  private final BlockFilter filter;
  private final int eventCount;
  private final long minSecond;
  private final long maxSecond;
  private final int levels;
  private final long sizeBytes;

  /**
   * Describes what is sealed.
   *
   * @param segment that it was
   * @param directory the topics of the events that are left
   * @param filter the keys and the text of at least those events
   * @param parts what is known of its parts
   * @param partsBytes memory that the parts take
   */
  SealedSegment(
      Segment segment,
      TopicDirectory directory,
      BlockFilter filter,
      List<? extends BlockSummary> parts,
      long partsBytes) {
    this.baseOffset = segment.baseOffset();
    this.lastOffset = segment.lastOffset();
    this.lastReceivedMillis = segment.lastReceivedMillis();
    this.directory = directory;
    this.filter = filter;
    int events = 0;
    for (int i = 0; i < directory.size(); i++) {
      events += directory.topics().events(i);
    }
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    int levelBits = 0;
    for (BlockSummary part : parts) {
      min = Math.min(min, part.minSecond());
      max = Math.max(max, part.maxSecond());
      levelBits |= part.levels();
    }
    eventCount = events;
    minSecond = min;
    maxSecond = max;
    levels = levelBits;
    sizeBytes = directory.sizeBytes() + filter.sizeBytes() + partsBytes + OBJECT_BYTES;
  }

  /** A search through all of it, which finds events in the order of its parts. */
  abstract SegmentScan search(EventFilter wanted);

  /** How many events those parts have that may hold matches. */
  abstract int eventsToRead(EventFilter wanted);

  /** All events, unpacked. */
  public abstract RawSegment unpack();

  /** Whether most of the segment would have to be unpacked for that filter. */
  public final boolean isMostlyWanted(EventFilter wanted) {
    return wanted.judge(this) != Verdict.NONE && eventsToRead(wanted) > eventCount / 2;
  }

  /** Hands on the matching events, in the order of its parts, not of their offsets. */
  public final void scan(EventFilter wanted, Consumer<EventView> matching) {
    search(wanted)
        .step(
            event -> {
              matching.accept(event);
              return true;
            },
            () -> false);
  }

  @Override
  public final long baseOffset() {
    return baseOffset;
  }

  @Override
  public final long firstOffset() {
    return baseOffset;
  }

  @Override
  public final long lastOffset() {
    return lastOffset;
  }

  @Override
  public final int eventCount() {
    return eventCount;
  }

  @Override
  public final long lastReceivedMillis() {
    return lastReceivedMillis;
  }

  @Override
  public final long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public final long minSecond() {
    return minSecond;
  }

  @Override
  public final long maxSecond() {
    return maxSecond;
  }

  @Override
  public final int levels() {
    return levels;
  }

  @Override
  public final SegmentTopics topics() {
    return directory.topics();
  }

  @Override
  public final int topicCount() {
    return directory.size();
  }

  @Override
  public final Topic topic(int index) {
    return directory.topic(index);
  }

  @Override
  public final boolean hasTopic(Topic topic) {
    return directory.numberOf(topic) >= 0;
  }

  @Override
  public final boolean mayContainKey(long hash) {
    return filter.mayContainKey(hash);
  }

  @Override
  public final boolean mayContainText(int[] trigrams) {
    return filter.mayContainText(trigrams);
  }

  final TopicDirectory directory() {
    return directory;
  }

  final BlockFilter filter() {
    return filter;
  }
}
