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
  private final EventChunks chunks;
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
    this.chunks = new EventChunks(expectedBytes);
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
    return chunks.sizeBytes() + 4L * starts.length;
  }

  /** Copies an event of a batch to the end. */
  void append(EventBatch batch, int index, long offset, int topicNumber, long receivedMillis) {
    int size = batch.end(index) - batch.start(index);
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
    }
    starts[count] = chunks.append(size);
    int at = chunks.used() - size;
    batch.copyTo(index, chunks.last(), at, (int) (offset - baseOffset), topicNumber);
    length += size;
    firstReceivedMillis = count == 0 ? receivedMillis : firstReceivedMillis;
    lastReceivedMillis = receivedMillis;
    count++;
  }

  /** What it holds now. */
  RawSegment snapshot() {
    return new RawSegment(
        baseOffset, baseOffset + count - 1, chunks.all(), starts, count, lastReceivedMillis);
  }
}
