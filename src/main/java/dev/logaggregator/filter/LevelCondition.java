package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.RowSelection;
import java.util.BitSet;
import java.util.function.Predicate;

/**
 * Takes the events of certain levels; never one without a level.
 *
 * @param accepted bit {@code Level.ordinal() + 1} for each, as in {@link BlockSummary#levels}
 */
record LevelCondition(int accepted) implements Condition {

  /** The levels of which that is true. */
  static LevelCondition where(Predicate<Level> accepted) {
    int bits = 0;
    for (Level level : Level.values()) {
      if (accepted.test(level)) {
        bits |= 1 << (level.ordinal() + 1);
      }
    }
    return new LevelCondition(bits);
  }

  @Override
  public boolean matches(EventView event) {
    return (accepted >>> event.levelCode() & 1) != 0;
  }

  @Override
  public Verdict judge(BlockSummary block) {
    int present = block.levels();
    if ((present & accepted) == 0) {
      return Verdict.NONE;
    }
    return (present & ~accepted) == 0 ? Verdict.ALL : Verdict.SOME;
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    return RowSelection.where(asked, row -> (accepted >>> rows.levelCode(row) & 1) != 0);
  }

  @Override
  public int cost() {
    return COST_OF_HEADER;
  }
}
