package dev.logaggregator.store;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;

/** The event at an offset, whatever it is. */
record OneOffset(long offset) implements EventFilter {

  @Override
  public boolean matches(EventView event) {
    return event.offset() == offset;
  }

  @Override
  public Verdict judge(BlockSummary block) {
    return block.firstOffset() <= offset && offset <= block.lastOffset()
        ? Verdict.SOME
        : Verdict.NONE;
  }
}
