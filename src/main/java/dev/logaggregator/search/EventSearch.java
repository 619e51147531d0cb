package dev.logaggregator.search;

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
public final class EventSearch {

  /** How long a wait may overlook that nobody waits any more. */
  private static final Duration NAP = Duration.ofMillis(500);

  private final EventStore store;
  private final SearchRequest query;
  private final EventFilter filter;
  private final long after;
  private final long before;
  private @Nullable Gap gap;
  private long position;
  private final Deadline deadline;
  private long scanned;
  private boolean incomplete;

  EventSearch(EventStore store, SearchRequest query, Deadline deadline) {
    this.store = store;
    this.deadline = deadline;
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
            ? OffsetBounds.of(query.filter(), ReadRequest.OLDEST, before)
            : OffsetBounds.of(query.filter(), after, ReadRequest.NEWEST);
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
  public void run(EventOutput output, BooleanSupplier cancelled, BooleanSupplier givenUp)
      throws IOException {
    long waitEnd = System.nanoTime() + query.maxWait().toNanos();
    BooleanSupplier ended = () -> deadline.hasPassed() || cancelled.getAsBoolean();
    boolean mayMiss = query.after() != null;
    boolean goesOn = true;
    while (goesOn) {
      long seen = store.watermark();
      ReadResult result =
          store.read(
              new ReadRequest(
                  filter, query.order(), position, Long.MAX_VALUE, ended, query.client()),
              output);
      if (mayMiss) {
        noteMissedBefore(result.oldest());
      }
      mayMiss = true;
      position = result.position();
      scanned += result.scanned();
      goesOn =
          result.exhausted()
              ? !output.hasEvents() && seen < before && awaitBeyond(seen, waitEnd, givenUp)
              : !cancelled.getAsBoolean() && goesOnAfter(output);
    }
  }

  /** Whether more is wanted, and there is time for it. */
  private boolean goesOnAfter(EventOutput output) throws IOException {
    deadline.pause();
    boolean wantsMore = output.wantsMore();
    deadline.resume();
    incomplete = wantsMore && deadline.hasPassed();
    return wantsMore && !incomplete;
  }

  /** Whether the time was over before the search. */
  public boolean isIncomplete() {
    return incomplete;
  }

  /** Where a search that isn't complete goes on, in its direction. */
  public long reached() {
    if (query.order() == Order.ASC) {
      return position();
    }
    return position == ReadRequest.NEWEST ? store.watermark() : position;
  }

  /** What retention has dropped since the cursor was located, or since the last read. */
  private void noteMissedBefore(long oldest) {
    if (query.order() == Order.ASC && position < oldest - 1 && position < before - 1) {
      Cursor from = gap == null ? new Cursor(store.epoch(), position) : gap.from();
      gap = new Gap(from, new Cursor(store.epoch(), oldest - 1));
    }
  }

  private boolean awaitBeyond(long watermark, long waitEnd, BooleanSupplier givenUp) {
    deadline.pause();
    try {
      while (!givenUp.getAsBoolean()) {
        long left = waitEnd - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        if (store.awaitBeyond(watermark, Duration.ofNanos(Math.min(left, NAP.toNanos())))) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      deadline.resume();
    }
    return false;
  }

  /** What the cursors point to and is gone; null if nothing. */
  public @Nullable Gap gap() {
    return gap;
  }

  /**
   * {@code ASC}: up to where every event was looked at, never less than where the search began nor
   * beyond where it was to end.
   */
  public long position() {
    return Math.min(Math.max(position, after), Math.max(before - 1, after));
  }

  /** How many events were looked at. */
  public long scanned() {
    return scanned;
  }
}
