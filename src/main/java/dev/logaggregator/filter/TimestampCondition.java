package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import java.util.BitSet;

/** Takes the events whose {@code timestamp} lies within a range. */
record TimestampCondition(TimeRange range) implements Condition {

  @Override
  public boolean matches(EventView event) {
    return range.contains(event.timestampSecond(), event.timestampNano());
  }

  @Override
  public Verdict judge(BlockSummary block) {
    return range.judge(block.minSecond(), block.maxSecond());
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    return RowSelection.where(
        asked, row -> range.contains(rows.timestampSecond(row), rows.timestampNano(row)));
  }

  @Override
  public int cost() {
    return COST_OF_HEADER;
  }
}
