package dev.logaggregator.query;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Gap;
import dev.logaggregator.store.Order;
import dev.logaggregator.store.Position;
import dev.logaggregator.store.ReadRequest;
import dev.logaggregator.store.ReadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One way through the log for one answer: between the cursors, in as many reads as the output
 * needs, and again over what is new while nothing matched and there is time to wait. One use, one
 * thread.
 */
final class EventSearch {

  /** How long a wait may overlook that nobody waits any more. */
  private static final Duration NAP = Duration.ofMillis(500);

  private final EventStore store;
  private final EventsQuery query;
  private final EventFilter filter;
  private final long after;
  private final long before;
  private @Nullable Gap gap;
  private long position;
  private long scanned;

  EventSearch(EventStore store, EventsQuery query) {
    this.store = store;
    this.query = query;
    Cursor from = query.after();
    Cursor to = query.before();
    Position start = from == null ? new Position(ReadRequest.OLDEST, null) : store.locate(from);
    after = start.offset();
    before = to == null ? ReadRequest.NEWEST : upperBound(to);
    gap = start.gap() != null || to == null ? start.gap() : store.locate(to).gap();
    boolean forward = query.order() == Order.ASC;
    position = forward ? after : before;
    filter =
        forward
            ? OffsetRange.of(query.filter(), ReadRequest.OLDEST, before)
            : OffsetRange.of(query.filter(), after, ReadRequest.NEWEST);
  }

  /** Of what another log held, nothing is left: all that is retained came later. */
  private long upperBound(Cursor cursor) {
    boolean sameLog = cursor.epoch() == null || store.epoch().equals(cursor.epoch());
    return sameLog ? cursor.offset() : store.locate(cursor).offset() + 1;
  }

  /**
   * Hands the matching events to the output; waits for the first if the query says so.
   *
   * @param cancelled asked now and then; true ends the search
   * @param givenUp asked now and then while waiting; true ends the wait
   */
  void run(EventOutput output, BooleanSupplier cancelled, BooleanSupplier givenUp)
      throws IOException {
    long deadline = System.nanoTime() + query.maxWait().toNanos();
    boolean mayMiss = query.after() != null;
    boolean goesOn = true;
    while (goesOn) {
      long seen = store.watermark();
      ReadResult result =
          store.read(
              new ReadRequest(filter, query.order(), position, Long.MAX_VALUE, cancelled), output);
      if (mayMiss) {
        noteMissedBefore(result.oldest());
      }
      mayMiss = true;
      position = result.position();
      scanned += result.scanned();
      goesOn =
          result.exhausted()
              ? !output.hasEvents() && seen < before && awaitBeyond(seen, deadline, givenUp)
              : !cancelled.getAsBoolean() && output.wantsMore();
    }
  }

  /** What retention has dropped since the cursor was located, or since the last read. */
  private void noteMissedBefore(long oldest) {
    if (query.order() == Order.ASC && position < oldest - 1 && position < before - 1) {
      Cursor from = gap == null ? new Cursor(store.epoch(), position) : gap.from();
      gap = new Gap(from, new Cursor(store.epoch(), oldest - 1));
    }
  }

  private boolean awaitBeyond(long watermark, long deadline, BooleanSupplier givenUp) {
    try {
      while (!givenUp.getAsBoolean()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        if (store.awaitBeyond(watermark, Duration.ofNanos(Math.min(left, NAP.toNanos())))) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** What the cursors point to and is gone; null if nothing. */
  @Nullable Gap gap() {
    return gap;
  }

  /**
   * {@code ASC}: up to where every event was looked at, never less than where the search began nor
   * beyond where it was to end.
   */
  long position() {
    return Math.min(Math.max(position, after), Math.max(before - 1, after));
  }

  /** How many events were looked at. */
  long scanned() {
    return scanned;
  }
}
