package dev.logaggregator.store.segment;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import java.util.BitSet;
import java.util.function.BooleanSupplier;

/**
 * A search through one segment, in steps, so that nobody else has to wait until all of it was
 * looked at. Between two steps it holds nothing but its place. One thread at a time.
 */
public sealed interface SegmentScan permits RawScan, PackedScan, ColumnScan {

  /** What is done with a match. */
  @FunctionalInterface
  interface Match {

    /**
     * Is shown an event, whose view is valid during the call only.
     *
     * @return whether the scan may go on now; this event is done with either way
     */
    boolean found(EventView event);
  }

  /** What is done with matches where those that lie together in columns are wanted at once. */
  interface RowsMatch extends Match {

    /**
     * Is shown events in columns, which are valid during the call only.
     *
     * @param matching the rows that match, one at least
     */
    void found(EventRows rows, BitSet matching);
  }

  /**
   * Goes on.
   *
   * @param pause asked now and then; true ends the step
   * @return whether all was looked at
   */
  boolean step(Match match, BooleanSupplier pause);

  /** How many events were looked at so far. */
  int scanned();

  /** A search through all of a segment. */
  static SegmentScan of(Segment segment, EventFilter filter) {
    return switch (segment) {
      case RawSegment raw -> new RawScan(raw, filter, 0, raw.eventCount(), true);
      case SealedSegment sealed -> sealed.search(filter);
    };
  }
}
