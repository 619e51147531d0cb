package dev.logaggregator.store.segment;

import dev.logaggregator.event.EventView;

/** Copies of some of a segment's events, to be read in the order of their offsets. */
public final class Extract {

  private static final int FIRST_BYTES = 1024;

  private final Segment segment;
  private final EventChunks chunks = new EventChunks(FIRST_BYTES);
  private final EventOrder order = new EventOrder(16);

  /**
   * @param segment that the events are of
   */
  public Extract(Segment segment) {
    this.segment = segment;
  }

  /** Adds an event of the segment. */
  public void add(EventView event) {
    int length = event.length();
    order.add((int) (event.offset() - segment.baseOffset()), chunks.append(length));
    System.arraycopy(event.bytes(), event.start(), chunks.last(), chunks.used() - length, length);
  }

  /** How many events there are. */
  public int count() {
    return order.size();
  }

  /** Memory that they take, in bytes. */
  public long sizeBytes() {
    return chunks.sizeBytes() + (long) Long.BYTES * order.size();
  }

  /** The events. */
  public RawSegment build() {
    return new RawSegment(
        segment.baseOffset(),
        segment.lastOffset(),
        segment.topics(),
        chunks.all(),
        order.starts(),
        order.size(),
        segment.lastReceivedMillis());
  }
}
