package dev.logaggregator.store;

import dev.logaggregator.store.segment.Segment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes from segment to segment, always those of the log as it is now: a reader keeps in memory what
 * it is at, and not all that was retained when it began. It ends where the log ended when it began,
 * however fast the log grows.
 *
 * <p>One that goes forward slower than the oldest segments are dropped is overtaken at last, and
 * ends there, so that whoever goes on reading learns that something is missing. One that goes
 * backward never is.
 */
final class SegmentWalk {

  private final Supplier<LogView> log;
  private final Order order;
  private final long end;
  private @Nullable LogView start;
  private long position;
  private boolean overtaken;

  /**
   * @param start the log when the walk begins
   * @param log the log as it is when asked
   * @param from exclusive: the offset after or before which to start
   */
  SegmentWalk(LogView start, Supplier<LogView> log, Order order, long from) {
    this.start = start;
    this.log = log;
    this.order = order;
    end = start.watermark();
    position = order == Order.ASC ? Math.max(from, start.firstOffset() - 1) : Math.min(from, end);
  }

  /** The next one; null at the end, and when {@link #isOvertaken}. */
  @Nullable Segment next() {
    LogView view = start == null ? log.get() : start;
    start = null;
    return order == Order.ASC ? next(view) : previous(view);
  }

  private @Nullable Segment next(LogView view) {
    if (position + 1 >= end) {
      return null;
    }
    overtaken = view.firstOffset() > position + 1;
    if (overtaken) {
      return null;
    }
    Segment segment = view.segmentAfter(position);
    if (segment == null || segment.baseOffset() >= end) {
      position = end - 1;
      return null;
    }
    position = segment.lastOffset();
    return segment;
  }

  private @Nullable Segment previous(LogView view) {
    Segment segment = view.segmentBefore(position);
    if (segment != null) {
      position = segment.baseOffset();
    }
    return segment;
  }

  /** Whether what was to come next has been dropped from the log. */
  boolean isOvertaken() {
    return overtaken;
  }
}
