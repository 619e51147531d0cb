package dev.logaggregator.store;

import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import java.util.BitSet;

/** Makes something of all events that match, in no order, in several parts at the same time. */
public interface Collector<A> {

  /**
   * Takes an event.
   *
   * @param part what is made by this thread
   * @param event valid during the call only
   */
  void accept(A part, EventView event);

  /**
   * Takes events that lie in columns, valid during the call only.
   *
   * @param matching the rows to be taken
   */
  void accept(A part, EventRows rows, BitSet matching);
}
