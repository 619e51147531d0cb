package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import java.util.BitSet;

/** Takes the events whose {@code receivedAt} lies within a range. */
record ReceivedCondition(TimeRange range) implements Condition {

  private static final long NANOS = 1_000_000_000L;

  @Override
  public boolean matches(EventView event) {
    return contains(event.receivedNanos());
  }

  private boolean contains(long nanos) {
    return range.contains(Math.floorDiv(nanos, NANOS), (int) Math.floorMod(nanos, NANOS));
  }

  /** A block doesn't say when its events were received. */
  @Override
  public Verdict judge(BlockSummary block) {
    return Verdict.SOME;
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    return RowSelection.where(asked, row -> contains(rows.receivedNanos(row)));
  }

  @Override
  public int cost() {
    return COST_OF_HEADER;
  }
}
