package dev.logaggregator.store.segment;

import dev.logaggregator.event.EventView;

/**
 * Events as they were encoded, one after the other in offset order: the youngest part of the log,
 * or a sealed part unpacked for reading. Immutable: where the chunks behind it are still appended
 * to, what is appended lies beyond {@code eventCount}.
 *
 * @param baseOffset what the events' offsets are relative to
 * @param lastOffset see {@link Segment#lastOffset}
 * @param topics what the numbers of topics in the events mean
 * @param chunks the events
 * @param starts where each starts, in offset order, as {@link EventView#moveTo} understands it
 * @param lastReceivedMillis when the last one was received
 */
public record RawSegment(
    long baseOffset,
    long lastOffset,
    SegmentTopics topics,
    byte[][] chunks,
    int[] starts,
    int eventCount,
    long lastReceivedMillis)
    implements Segment {

  private static final int WORTH_SEALING_BYTES = 16 * 1024;

  /** No events. */
  public static final RawSegment EMPTY =
      new RawSegment(
          0,
          -1,
          new SegmentTopics(new SegmentTopic[0], new int[0], new int[0], 0),
          new byte[0][],
          new int[0],
          0,
          0);

  @Override
  public long sizeBytes() {
    return chunkBytes() + 4L * starts.length + topics.sizeBytes() + 64;
  }

  /** Whether compressing it saves more than what a sealed segment costs. */
  public boolean isWorthSealing() {
    return chunkBytes() >= WORTH_SEALING_BYTES;
  }

  /** Size of the chunks. */
  long chunkBytes() {
    return EventChunks.sizeBytes(chunks);
  }

  /** Turns a view to these events; {@link EventView#moveTo} must follow. */
  public void show(EventView view) {
    view.attach(chunks, baseOffset, topics);
  }

  /** Index of the first event with a larger offset; {@code eventCount} if there is none. */
  public int indexAfter(long offset, EventView view) {
    int low = 0;
    int high = eventCount;
    while (low < high) {
      int middle = (low + high) >>> 1;
      view.moveTo(starts[middle]);
      if (view.offset() > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** One of the events. */
  RawSegment only(int index) {
    return new RawSegment(
        baseOffset, lastOffset, topics, chunks, new int[] {starts[index]}, 1, lastReceivedMillis);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "raw from " + baseOffset + ": " + eventCount + " events";
  }
}
