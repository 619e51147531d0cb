package dev.logaggregator.subscription;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.worker.Worker;
import dev.logaggregator.worker.Workers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Wakes those who wait for a subscription: when the log has grown, and when time has passed. */
@Component
final class SubscriptionClock {

  private static final long LONGEST_WAIT_MILLIS = 100;

  /** So that a thousand subscriptions aren't woken for each event of a thousand in a row. */
  private static final long PAUSE_NANOS_PER_SUBSCRIPTION = 5_000;

  private static final Duration NAP = Duration.ofSeconds(1);

  private final EventStore store;
  private final Ledger ledger;
  private final Deliveries deliveries;
  private final Workers workers;
  private final InstantSource stopwatch;
  private volatile @Nullable Worker waker;
  private volatile boolean ended;

  SubscriptionClock(
      EventStore store,
      Ledger ledger,
      Deliveries deliveries,
      Workers workers,
      @Qualifier("stopwatch") InstantSource stopwatch) {
    this.store = store;
    this.ledger = ledger;
    this.deliveries = deliveries;
    this.workers = workers;
    this.stopwatch = stopwatch;
  }

  /** To be called when there may be subscriptions. */
  synchronized void start() {
    if (waker == null) {
      waker =
          workers.start(
              "subscriptions", Thread.ofVirtual().name("subscriptions"), this::wakeOnEvents);
    } else {
      LockSupport.unpark(waker.thread());
    }
  }

  /** Wakes them at once, too, for what came before it was started again. */
  private void wakeOnEvents() throws InterruptedException {
    long seen = -1;
    while (!ended) {
      if (ledger.all().isEmpty()) {
        LockSupport.park(this);
      } else if (store.awaitBeyond(seen, NAP)) {
        seen = store.watermark();
        ledger.all().forEach(Subscription::wake);
        LockSupport.parkNanos(this, ledger.all().size() * PAUSE_NANOS_PER_SUBSCRIPTION);
      }
    }
  }

  /** Ends deadlines and pauses, whether or not a consumer is there. */
  @Scheduled(fixedDelay = LONGEST_WAIT_MILLIS)
  void passTime() {
    long now = stopwatch.millis();
    for (Subscription subscription : ledger.all()) {
      if (subscription.nextTimerMillis() <= now && store.unavailableReason() == null) {
        deliveries.expire(subscription);
      }
    }
  }

  /** Whether the service stops, so that nobody goes on waiting. */
  boolean hasEnded() {
    return ended;
  }

  /** Comes before the server waits for the requests under way. */
  @EventListener(ContextClosedEvent.class)
  void end() {
    ended = true;
    ledger.all().forEach(Subscription::wake);
    Worker running = waker;
    if (running != null) {
      running.end();
    }
  }
}
