package dev.logaggregator.subscription;

import dev.logaggregator.event.EventView;

/** Is handed deliveries. */
public interface DeliverySink {

  /** What became of an event that was handed over. */
  enum Accepted {
    /** It was taken, and there is room for another one. */
    AND_MORE,
    /** It was taken, and nothing more is. */
    AS_LAST,
    /** It wasn't taken, and nothing more is. */
    NOT
  }

  /**
   * Takes one. What it throws undoes the taking.
   *
   * @param event valid during the call only
   */
  Accepted accept(Delivery delivery, EventView event);

  /** The last so many of those that were taken are not delivered after all. */
  void undo(int count);

  /** Whether anybody is still there for whom deliveries are taken. */
  boolean isWanted();
}
