package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventView;

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
  public int cost() {
    return negated.cost();
  }
}
