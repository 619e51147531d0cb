package dev.logaggregator.search;

import dev.logaggregator.store.EventConsumer;
import java.io.IOException;

/** Where the events that are found go to, one representation of the answer. */
public interface EventOutput extends EventConsumer {

  /** Whether there was an event. */
  boolean hasEvents();

  /**
   * To be called when a read has ended because the output wanted no more for now.
   *
   * @return whether it wants more
   */
  boolean wantsMore() throws IOException;
}
