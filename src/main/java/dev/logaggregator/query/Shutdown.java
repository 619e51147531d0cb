package dev.logaggregator.query;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Whether the service has begun to stop, so that nobody goes on waiting for what won't come. */
@Component
class Shutdown {

  private volatile boolean begun;

  /** Comes before the server waits for the requests under way. */
  @EventListener(ContextClosedEvent.class)
  void begin() {
    begun = true;
  }

  boolean hasBegun() {
    return begun;
  }
}
