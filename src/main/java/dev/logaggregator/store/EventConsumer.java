package dev.logaggregator.store;

import dev.logaggregator.event.EventView;
import java.io.IOException;

/** Is handed the events that a read finds, in its order. */
@FunctionalInterface
public interface EventConsumer {

  /**
   * Takes one event. The view is valid during the call only.
   *
   * @return whether to go on
   * @throws IOException when the event can't be passed on; ends the read
   */
  boolean accept(EventView event) throws IOException;
}
