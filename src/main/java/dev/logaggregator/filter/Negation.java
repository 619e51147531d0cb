package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import java.util.BitSet;

/** Takes the events that another condition doesn't. */
record Negation(Condition negated) implements Condition {

  @Override
  public boolean matches(EventView event) {
    return !negated.matches(event);
  }

  @Override
  public Verdict judge(BlockSummary block) {
    return negated.judge(block).negated();
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    RowSelection taken = negated.selectAny(rows, asked);
    BitSet certain = (BitSet) asked.clone();
    certain.andNot(taken.possible());
    if (taken.isExact()) {
      return RowSelection.exactly(certain);
    }
    BitSet possible = (BitSet) asked.clone();
    possible.andNot(taken.certain());
    return new RowSelection(certain, possible);
  }

  @Override
  public int costByColumn() {
    return negated.costByColumn();
  }

  @Override
  public int cost() {
    return negated.cost();
  }
}
