package dev.logaggregator.store.segment;

import dev.logaggregator.event.EventBatch;
import java.util.Arrays;

/** The segment that is appended to. One thread at a time; readers get a {@link #snapshot}. */
public final class OpenSegment {

  /** Room for a log's first events. */
  public static final int FIRST_CAPACITY = 16 * 1024;

  private final long baseOffset;
  private final int maxBytes;
  private final int maxEvents;
  private final EventChunks chunks;
  private int length;

  /** What those topics take that go with the segment, unless a later one refers to them. */
  private int newTopicBytes;

  private int[] starts = new int[64];
  private int count;
  private SegmentTopic[] topics = new SegmentTopic[4];
  private int[] topicEvents = new int[4];
  private int[] topicBytes = new int[4];
  private int topicCount;
  private long firstReceivedMillis;
  private long lastReceivedMillis;

  /**
   * @param maxBytes when it is full, its new topics included; a single larger event gets a segment
   *     of its own
   * @param maxEvents when it is full as well
   * @param expectedBytes room to begin with, as much as it is likely to need
   */
  public OpenSegment(long baseOffset, int maxBytes, int maxEvents, int expectedBytes) {
    this.baseOffset = baseOffset;
    this.maxBytes = maxBytes;
    this.maxEvents = maxEvents;
    this.chunks = new EventChunks(expectedBytes);
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** Whether an event of that size still fits. */
  public boolean hasRoomFor(int size) {
    return count == 0 || (count < maxEvents && length + newTopicBytes + size <= maxBytes);
  }

  /** Bytes of its events. */
  public int length() {
    return length;
  }

  /** When its first event was received. */
  public long firstReceivedMillis() {
    return firstReceivedMillis;
  }

  /** Memory that it takes. */
  public long sizeBytes() {
    return chunks.sizeBytes() + 4L * starts.length + 12L * topics.length;
  }

  /** Copies an event of a batch to the end. */
  public void append(
      EventBatch batch, int index, long offset, SegmentTopic topic, long receivedMillis) {
    int size = batch.end(index) - batch.start(index);
    int number = topic.numberIn(baseOffset);
    if (number < 0) {
      number = add(topic);
    }
    topicEvents[number]++;
    topicBytes[number] += size;
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
    }
    starts[count] = chunks.append(size);
    int at = chunks.used() - size;
    batch.copyTo(index, chunks.last(), at, (int) (offset - baseOffset), number);
    length += size;
    firstReceivedMillis = count == 0 ? receivedMillis : firstReceivedMillis;
    lastReceivedMillis = receivedMillis;
    count++;
  }

  private int add(SegmentTopic topic) {
    if (topicCount == topics.length) {
      topics = Arrays.copyOf(topics, topicCount * 2);
      topicEvents = Arrays.copyOf(topicEvents, topicCount * 2);
      topicBytes = Arrays.copyOf(topicBytes, topicCount * 2);
    }
    newTopicBytes += topic.segments() == 0 ? topic.sizeBytes() : 0;
    topics[topicCount] = topic;
    topic.number(baseOffset, topicCount);
    return topicCount++;
  }

  /** What it holds now. */
  public RawSegment snapshot() {
    return new RawSegment(
        baseOffset,
        baseOffset + count - 1,
        new SegmentTopics(topics, topicEvents, topicBytes, topicCount),
        chunks.all(),
        starts,
        count,
        lastReceivedMillis);
  }
}
