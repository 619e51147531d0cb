package dev.logaggregator.store;

import dev.logaggregator.store.segment.PackedSegment;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.Segment;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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

  /** The oldest segment that is packed, and that is wanted; null if there is none. */
  @Nullable PackedSegment oldestPacked(Predicate<Segment> wanted) {
    for (Segment segment : closed) {
      if (segment instanceof PackedSegment packed && wanted.test(packed)) {
        return packed;
      }
    }
    return null;
  }

  /** The first segment with events after that offset; null if there is none. */
  @Nullable Segment segmentAfter(long offset) {
    int low = 0;
    int high = closed.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (closed[middle].lastOffset() > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (low < closed.length) {
      return closed[low];
    }
    return open.lastOffset() > offset ? open : null;
  }

  /** The last segment with events before that offset; null if there is none. */
  @Nullable Segment segmentBefore(long offset) {
    if (open.eventCount() > 0 && open.baseOffset() < offset) {
      return open;
    }
    int low = 0;
    int high = closed.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (closed[middle].baseOffset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : closed[low - 1];
  }
}
