package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import java.util.BitSet;

/**
 * Takes the events whose offset stands in that relation to another.
 *
 * @param comparison the relation of the event's offset to the other
 */
record OffsetCondition(Comparison comparison, long offset) implements Condition {

  @Override
  public boolean matches(EventView event) {
    return comparison.holds(Long.compare(event.offset(), offset));
  }

  @Override
  public Verdict judge(BlockSummary block) {
    int first = Long.compare(block.firstOffset(), offset);
    int last = Long.compare(block.lastOffset(), offset);
    if (comparison.holds(first) && comparison.holds(last)) {
      // Every relation takes what lies between two offsets that it takes.
      return Verdict.ALL;
    }
    boolean between = comparison == Comparison.EQUAL && first <= 0 && last >= 0;
    return comparison.holds(first) || comparison.holds(last) || between
        ? Verdict.SOME
        : Verdict.NONE;
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    return RowSelection.where(
        asked, row -> comparison.holds(Long.compare(rows.offset(row), offset)));
  }

  @Override
  public int cost() {
    return COST_OF_HEADER;
  }
}
