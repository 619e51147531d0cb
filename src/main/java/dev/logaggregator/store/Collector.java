package dev.logaggregator.store;

import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import java.util.BitSet;

/** Makes something of all events that match, in no order, in several parts at the same time. */
@FunctionalInterface
public interface Collector<A> {

  /**
   * Takes an event.
   *
   * @param part what is made by this thread
   * @param event valid during the call only
   */
  void accept(A part, EventView event);

  /**
   * Takes events that lie in columns: one by one, if it knows nothing better. They are valid during
   * the call only.
   *
   * @param matching the rows to be taken
   */
  default void accept(A part, EventRows rows, BitSet matching) {
    EventView view = new EventView();
    for (int row = matching.nextSetBit(0); row >= 0; row = matching.nextSetBit(row + 1)) {
      rows.show(row, view);
      accept(part, view);
    }
  }
}
