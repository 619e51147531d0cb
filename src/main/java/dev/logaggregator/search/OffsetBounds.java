package dev.logaggregator.search;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;

/** Those events of a filter that lie between two offsets, both exclusive. */
record OffsetBounds(EventFilter filter, long after, long before) implements EventFilter {

  /** The filter itself where the range is the whole log. */
  static EventFilter of(EventFilter filter, long after, long before) {
    return after < 0 && before == Long.MAX_VALUE ? filter : new OffsetBounds(filter, after, before);
  }

  @Override
  public boolean matches(EventView event) {
    long offset = event.offset();
    return offset > after && offset < before && filter.matches(event);
  }

  @Override
  public Verdict judge(BlockSummary block) {
    if (block.lastOffset() <= after || block.firstOffset() >= before) {
      return Verdict.NONE;
    }
    Verdict verdict = filter.judge(block);
    return hasAll(block) || verdict == Verdict.NONE ? verdict : Verdict.SOME;
  }

  private boolean hasAll(BlockSummary block) {
    return block.firstOffset() > after && block.lastOffset() < before;
  }

  @Override
  public EventFilter within(BlockSummary block) {
    EventFilter left = filter.within(block);
    return hasAll(block) ? left : new OffsetBounds(left, after, before);
  }
}
