package dev.logaggregator.store;

/**
 * The log as a reader sees it: all of one moment, never changed.
 *
 * @param closed the segments that take no more events, oldest first
 * @param open what the youngest one holds so far
 * @param watermark the offset after the last event
 */
record LogView(Segment[] closed, RawSegment open, long watermark) {

  /** The smallest offset that may still be retained. */
  long firstOffset() {
    return closed.length > 0 ? closed[0].baseOffset() : open.baseOffset();
  }
}
