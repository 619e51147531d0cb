package dev.logaggregator.store;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.store.segment.RawSegment;
import java.io.IOException;

/** One read under way: where it is, and what it still wants. */
final class Reading {

  /** How often a reader that finds nothing looks whether it is still wanted, in events. */
  private static final int CANCEL_CHECK_EVENTS = 1024;

  private final ReadRequest request;
  private final EventFilter filter;
  private final EventConsumer consumer;
  private final EventView view = new EventView();
  private final long end;
  private long remaining;
  private long scanned;
  private long position;

  /**
   * @param end exclusive: the log's watermark when it began
   */
  Reading(EventFilter filter, ReadRequest request, long end, EventConsumer consumer) {
    this.request = request;
    this.filter = filter;
    this.consumer = consumer;
    this.end = end;
    this.remaining = request.limit();
    this.position = request.from();
  }

  EventFilter filter() {
    return filter;
  }

  boolean isCancelled() {
    return request.cancelled().getAsBoolean();
  }

  /**
   * Hands a segment's events to the consumer, in the read's order, from where it started.
   *
   * @return whether to go on with the next segment
   */
  boolean deliver(ScanAhead.Part part) throws IOException {
    RawSegment events = part.events();
    events.show(view);
    boolean forward = request.order() == Order.ASC;
    long before = forward ? end : Math.min(request.from(), end);
    int last = events.indexAfter(before - 1, view) - 1;
    int from = forward ? events.indexAfter(request.from(), view) : last;
    int to = forward ? last : 0;
    int step = forward ? 1 : -1;
    scanned += part.segment().eventCount() - events.eventCount();
    for (int i = from; forward ? i <= to : i >= to; i += step) {
      scanned++;
      view.moveTo(events.starts()[i]);
      if (part.searched() || filter.matches(view)) {
        position = view.offset();
        remaining--;
        if (!consumer.accept(view) || remaining == 0) {
          return false;
        }
      } else if (scanned % CANCEL_CHECK_EVENTS == 0 && isCancelled()) {
        position = view.offset();
        return false;
      }
    }
    position = forward ? part.segment().lastOffset() : part.segment().baseOffset();
    return true;
  }

  /**
   * @param finished whether it came to its end
   * @param oldest the smallest offset that the log held when it began
   */
  ReadResult result(boolean finished, long oldest) {
    if (!finished) {
      return new ReadResult(position, false, scanned, oldest);
    }
    long reached =
        request.order() == Order.ASC
            ? Math.max(request.from(), end - 1)
            : Math.min(request.from(), oldest);
    return new ReadResult(reached, true, scanned, oldest);
  }
}
