package dev.logaggregator.store;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import java.io.IOException;

/** One read under way: where it is, and what it still wants. */
final class Reading {

  /** How often a reader that finds nothing looks whether it is still wanted, in events. */
  private static final int CANCEL_CHECK_EVENTS = 1024;

  private final ReadRequest request;
  private final EventFilter filter;
  private final EventConsumer consumer;
  private final EventView view;
  private long remaining;
  private long scanned;
  private long position;

  Reading(TopicLogs topics, EventFilter filter, ReadRequest request, EventConsumer consumer) {
    this.request = request;
    this.filter = filter;
    this.consumer = consumer;
    this.view = new EventView(topics);
    this.remaining = request.limit();
    this.position = request.from();
  }

  EventFilter filter() {
    return filter;
  }

  /** Where it started, exclusive. */
  long from() {
    return request.from();
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
    view.attach(events.chunks(), events.baseOffset());
    boolean forward = request.order() == Order.ASC;
    int from =
        forward
            ? events.indexAfter(request.from(), view)
            : events.indexAfter(request.from() - 1, view) - 1;
    int step = forward ? 1 : -1;
    scanned += part.segment().eventCount() - events.eventCount();
    for (int i = from; i >= 0 && i < events.eventCount(); i += step) {
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

  ReadResult result(boolean exhausted, long end, long oldest) {
    return new ReadResult(exhausted ? end : position, exhausted, scanned, oldest);
  }
}
