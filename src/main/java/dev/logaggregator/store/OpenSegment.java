package dev.logaggregator.store;

import dev.logaggregator.event.EventBatch;
import java.util.Arrays;

/** The segment that is appended to. One thread at a time; readers get a {@link #snapshot}. */
final class OpenSegment {

  /** Room for a log's first events. */
  static final int FIRST_CAPACITY = 16 * 1024;

  private final long baseOffset;
  private final int maxBytes;
  private final int maxEvents;
  private final int expectedBytes;
  private byte[] bytes = {};
  private int length;
  private int[] starts = new int[64];
  private int count;
  private long firstReceivedMillis;
  private long lastReceivedMillis;

  /**
   * @param maxBytes when it is full; a single larger event gets a segment of its own
   * @param maxEvents when it is full as well
   * @param expectedBytes room to begin with, as much as it is likely to need
   */
  OpenSegment(long baseOffset, int maxBytes, int maxEvents, int expectedBytes) {
    this.baseOffset = baseOffset;
    this.maxBytes = maxBytes;
    this.maxEvents = maxEvents;
    this.expectedBytes = expectedBytes;
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean hasRoomFor(int size) {
    return count == 0 || (count < maxEvents && length + size <= maxBytes);
  }

  /** Bytes of its events. */
  int length() {
    return length;
  }

  /** When its first event was received. */
  long firstReceivedMillis() {
    return firstReceivedMillis;
  }

  long sizeBytes() {
    return bytes.length + 4L * starts.length;
  }

  /** Copies an event of a batch to the end. */
  void append(EventBatch batch, int index, long offset, int topicNumber, long receivedMillis) {
    int size = batch.end(index) - batch.start(index);
    if (length + size > bytes.length) {
      grow(size);
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
    }
    batch.copyTo(index, bytes, length, (int) (offset - baseOffset), topicNumber);
    starts[count] = length;
    length += size;
    firstReceivedMillis = count == 0 ? receivedMillis : firstReceivedMillis;
    lastReceivedMillis = receivedMillis;
    count++;
  }

  private void grow(int size) {
    long doubled = Math.max(expectedBytes, 2L * bytes.length);
    int capacity = (int) Math.max(length + size, Math.min(doubled, maxBytes));
    bytes = Arrays.copyOf(bytes, capacity);
  }

  /** What it holds now. */
  RawSegment snapshot() {
    return new RawSegment(
        baseOffset, baseOffset + count - 1, bytes, starts, count, lastReceivedMillis);
  }
}
