package dev.logaggregator.subscription.push;

import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.subscription.Deliveries;
import dev.logaggregator.subscription.Subscription;
import dev.logaggregator.subscription.SubscriptionListener;
import dev.logaggregator.webhook.CheckedResolver;
import dev.logaggregator.webhook.WebhookClient;
import dev.logaggregator.worker.Workers;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A {@link Pusher} for each subscription that has an endpoint. */
@Component
final class Pushers implements SubscriptionListener, DisposableBean {

  private final EventStore store;
  private final Deliveries deliveries;
  private final InstantSource clock;
  private final InstantSource stopwatch;
  private final PushSettings settings;
  private final MemoryAccount memory;
  private final WebhookClient client;
  private final Workers workers;
  private final Semaphore shared;
  private final Map<String, Pusher> pushers = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  Pushers(
      EventStore store,
      Deliveries deliveries,
      InstantSource clock,
      PushSettings settings,
      Workers workers,
      CheckedResolver resolver,
      @Qualifier("wallClock") InstantSource wallClock,
      @Qualifier("stopwatch") InstantSource stopwatch,
      MemoryAccount memory) {
    this.store = store;
    this.deliveries = deliveries;
    this.clock = clock;
    this.stopwatch = stopwatch;
    this.settings = settings;
    this.memory = memory;
    this.workers = workers;
    this.client = new WebhookClient(resolver, wallClock);
    this.shared = new Semaphore(settings.maxConcurrent());
  }

  @Override
  public void changed(Subscription subscription) {
    pushers.values().removeIf(Pusher::hasEnded);
    if (!stopping && subscription.definition().push() != null) {
      pushers.compute(
          subscription.name(),
          (name, running) ->
              running == null || running.hasEnded() || !running.isOf(subscription)
                  ? start(subscription)
                  : running);
    }
  }

  private Pusher start(Subscription subscription) {
    Pusher pusher =
        new Pusher(
            subscription,
            store.epoch(),
            deliveries,
            client,
            clock,
            stopwatch,
            settings,
            memory,
            shared);
    workers.start(
        "pusher",
        Thread.ofVirtual().name("pusher-" + subscription.name()),
        () -> {
          pusher.run();
          if (!pusher.isStopping() && pusher.isWanted()) {
            // It was changed back just as the pusher ended.
            changed(subscription);
          }
        });
    return pusher;
  }

  /** The latest attempts of a subscription, the newest first. */
  List<Attempt> attempts(Subscription subscription) {
    Pusher pusher = pushers.get(subscription.name());
    return pusher == null || !pusher.isOf(subscription) ? List.of() : pusher.attempts();
  }

  /** Nothing new is pushed while the service stops. */
  @EventListener(ContextClosedEvent.class)
  void end() {
    stopping = true;
    pushers.values().forEach(Pusher::end);
  }

  @Override
  public void destroy() {
    client.close();
  }
}
