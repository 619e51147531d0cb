package dev.logaggregator.store;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import java.util.BitSet;

/** Another filter's events, without those that their topic has dropped before their segment. */
record LiveOnly(EventFilter filter) implements EventFilter {

  @Override
  public boolean matches(EventView event) {
    return !event.isGone() && filter.matches(event);
  }

  @Override
  public Verdict judge(BlockSummary block) {
    return filter.judge(block) == Verdict.NONE ? Verdict.NONE : Verdict.SOME;
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    BitSet live = RowSelection.where(asked, row -> !rows.isGone(row)).possible();
    return filter.select(rows, live);
  }

  @Override
  public EventFilter within(BlockSummary block) {
    return new LiveOnly(filter.within(block));
  }
}
