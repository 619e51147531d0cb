package dev.logaggregator.subscription;

import dev.logaggregator.event.EventView;

/** Is handed deliveries. */
@FunctionalInterface
public interface DeliverySink {

  /**
   * Takes one.
   *
   * @param event valid during the call only
   * @return whether there is room for another one
   */
  boolean accept(Delivery delivery, EventView event);
}
