package dev.logaggregator.store;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventFilter.Verdict;
import dev.logaggregator.event.EventView;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.store.segment.RawScan;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Segment;
import java.io.IOException;

/** One read under way: what it wants, and how far it has come. */
final class Reading {

  /** Of a usual page, or of what a stream sends at a time. */
  private static final long FIRST_PART_BYTES = 32 * 1024;

  private final ReadRequest request;
  private final EventFilter filter;
  private final EventConsumer consumer;
  private final MemoryAccount memory;
  private final EventView view = new EventView();
  private final boolean forward;
  private final long end;

  /** Scanners look at it, too: that it may be larger than it is now does no harm. */
  private volatile long remaining;

  private volatile long partBytes = FIRST_PART_BYTES;
  private long scanned;
  private long position;

  /**
   * @param end exclusive: the log's watermark when it began
   * @param memory where what is found is claimed
   */
  Reading(
      EventFilter filter,
      ReadRequest request,
      long end,
      EventConsumer consumer,
      MemoryAccount memory) {
    this.request = request;
    this.filter = filter;
    this.consumer = consumer;
    this.memory = memory;
    this.end = end;
    this.forward = request.order() == Order.ASC;
    this.remaining = request.limit();
    this.position = request.from();
  }

  EventFilter filter() {
    return filter;
  }

  boolean isForward() {
    return forward;
  }

  boolean isCancelled() {
    return request.cancelled().getAsBoolean();
  }

  /** Whether none of a segment's events can match, by what is known of it. */
  boolean lacks(Segment segment) {
    return segment instanceof SealedSegment sealed && filter.judge(sealed) == Verdict.NONE;
  }

  /** How many events are still wanted. */
  long remaining() {
    return remaining;
  }

  /**
   * How large the next part may be, if it is found in order: small at first, as most readers want
   * no more.
   */
  long partBytes() {
    return partBytes;
  }

  /** A claim on what is found. */
  Claim claim() {
    return memory.claim(Use.ANSWERS, request.client());
  }

  /** Where it starts, exclusive, in its own direction. */
  long start() {
    return forward ? request.from() : Math.min(request.from(), end);
  }

  /** Whether an offset lies where it reads. */
  boolean isWithin(long offset) {
    return forward ? offset > request.from() && offset < end : offset < start();
  }

  /** A search through those events of a segment that it reads and that lie after an offset. */
  RawScan scanAfter(long reached, RawSegment events) {
    EventView place = new EventView();
    events.show(place);
    int from = forward ? events.indexAfter(reached, place) : 0;
    int to = events.indexAfter((forward ? end : reached) - 1, place);
    return new RawScan(events, filter, from, Math.max(from, to), forward);
  }

  /** Counts what was looked at, as far as nothing was found there; no effect without events. */
  void pass(long reached, long events) {
    if (events > 0) {
      position = reached;
      scanned += events;
    }
  }

  /**
   * Hands what was found to the consumer, in the read's order.
   *
   * @return whether to go on
   */
  boolean deliver(SegmentSearch.Part part) throws IOException {
    RawSegment events = part.events();
    events.show(view);
    scanned += part.scanned();
    int count = events.eventCount();
    for (int i = 0; i < count; i++) {
      view.moveTo(events.starts()[forward ? i : count - 1 - i]);
      position = view.offset();
      remaining--;
      if (!consumer.accept(view) || remaining == 0) {
        return false;
      }
    }
    position = part.reached();
    if (count > 0) {
      partBytes = Math.min(partBytes * 2, SegmentSearch.MOST_BYTES);
    }
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
    long reached = forward ? Math.max(request.from(), end - 1) : Math.min(request.from(), oldest);
    return new ReadResult(reached, true, scanned, oldest);
  }
}
