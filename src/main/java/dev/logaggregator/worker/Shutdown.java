package dev.logaggregator.worker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Whether the service has begun to stop, so that nobody goes on waiting for what won't come. It
 * begins before the server waits for the requests under way.
 */
@Component
public final class Shutdown {

  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private volatile boolean begun;

  /** Whether it has begun. */
  public boolean hasBegun() {
    return begun;
  }

  /**
   * Has something done when it begins, by the thread that stops the service: to be called by who is
   * there for as long as the service.
   */
  public void whenBegun(Runnable action) {
    actions.add(action);
  }

  /** It has begun. */
  @EventListener(ContextClosedEvent.class)
  public void begin() {
    begun = true;
    actions.forEach(Runnable::run);
  }
}
