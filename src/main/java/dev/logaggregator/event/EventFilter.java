package dev.logaggregator.event;

import java.util.BitSet;

/** A condition on events, as readers evaluate it. May be used by several threads at once. */
public interface EventFilter {

  /** How much of a block a condition takes, judged by the block's summary alone. */
  enum Verdict {
    /** No event of the block matches. */
    NONE,
    /** Some may; each must be looked at. */
    SOME,
    /** Every event of the block matches. */
    ALL;

    /** The verdict of the opposite condition. */
    public Verdict negated() {
      return switch (this) {
        case NONE -> ALL;
        case SOME -> SOME;
        case ALL -> NONE;
      };
    }
  }

  /** Whether the event matches. The view is valid during the call only. */
  boolean matches(EventView event);

  /** What can be said without looking at the events. */
  Verdict judge(BlockSummary block);

  /**
   * What can be said of events by their columns.
   *
   * @param asked the rows in question; not changed
   * @return a selection of them
   */
  default RowSelection select(EventRows rows, BitSet asked) {
    return RowSelection.perhaps(asked);
  }

  /** What is left to ask of each of a block's events, where {@link #judge} says {@code SOME}. */
  default EventFilter within(BlockSummary block) {
    return this;
  }
}
