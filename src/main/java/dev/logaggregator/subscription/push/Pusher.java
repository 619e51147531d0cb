package dev.logaggregator.subscription.push;

import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.memory.Use;
import dev.logaggregator.store.StoreUnavailableException;
import dev.logaggregator.subscription.Deliveries;
import dev.logaggregator.subscription.Delivery;
import dev.logaggregator.subscription.PushTarget;
import dev.logaggregator.subscription.Subscription;
import dev.logaggregator.webhook.Answer;
import dev.logaggregator.webhook.EndpointPace;
import dev.logaggregator.webhook.WebhookClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes one subscription's events. Its first push needs no place from those that all share, so
 * that however many endpoints hang, every other one is served.
 */
final class Pusher {

  private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);

  /** Beyond the timeout, before an event counts as not acknowledged. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Subscription subscription;
  private final String epoch;
  private final Deliveries deliveries;
  private final WebhookClient client;
  private final InstantSource clock;
  private final InstantSource stopwatch;
  private final PushSettings settings;
  private final MemoryAccount memory;
  private final Semaphore shared;
  private final ReentrantLock lock = new ReentrantLock();
  private final EndpointPace pace;
  private final Attempts attempts = new Attempts();
  private int active;
  private volatile boolean stopping;
  private volatile boolean ended;

  Pusher(
      Subscription subscription,
      String epoch,
      Deliveries deliveries,
      WebhookClient client,
      InstantSource clock,
      InstantSource stopwatch,
      PushSettings settings,
      MemoryAccount memory,
      Semaphore shared) {
    this.subscription = subscription;
    this.epoch = epoch;
    this.deliveries = deliveries;
    this.client = client;
    this.clock = clock;
    this.stopwatch = stopwatch;
    this.settings = settings;
    this.memory = memory;
    this.shared = shared;
    this.pace = new EndpointPace(settings.maxConcurrentPerSubscription());
  }

  /** Whose place a push takes. */
  private enum Place {
    OWN,
    SHARED
  }

  /** Pushes until it is told to end, or there is nothing left to push. May be called again. */
  void run() throws InterruptedException {
    while (!stopping && isWanted()) {
      long seen = subscription.changes();
      if (!pushNext()) {
        subscription.await(seen, waitNanos());
      }
    }
    ended = true;
  }

  /** Whether there is anything left to push. */
  boolean isWanted() {
    return !subscription.isDeleted() && subscription.definition().push() != null;
  }

  private long waitNanos() {
    lock.lock();
    try {
      long pause = pace.pause(stopwatch.millis()).toNanos();
      return pause > 0 ? Math.min(pause, LONGEST_WAIT_NANOS) : LONGEST_WAIT_NANOS;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is worth to try again at once. */
  private boolean pushNext() {
    Place place = takePlace();
    if (place == null) {
      return false;
    }
    boolean pushing = false;
    Claim claim = memory.claim(Use.DELIVERIES, subscription.name());
    try {
      PushTarget target = subscription.definition().push();
      if (target == null) {
        return false;
      }
      NextMessage next = new NextMessage(claim, settings.maxHops());
      boolean mayHaveMore = take(target, next);
      Message message = next.message();
      if (message == null) {
        return mayHaveMore;
      }
      Thread.ofVirtual()
          .name("push-" + subscription.name())
          .start(() -> push(target, message, claim, place));
      pushing = true;
      return true;
    } finally {
      if (!pushing) {
        claim.close();
        leave(place);
      }
    }
  }

  private boolean take(PushTarget target, NextMessage next) {
    Duration deadline = target.timeout().plus(GRACE);
    try {
      return deliveries.take(subscription, 1, deadline, next).mayHaveMore();
    } catch (MemoryExhaustedException e) {
      LOG.debug("{} waits: {}", subscription.name(), e.getMessage());
      return false;
    } catch (StoreUnavailableException e) {
      LOG.debug("{} pushes nothing for now: {}", subscription.name(), e.getMessage());
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Null if there is none. */
  private @Nullable Place takePlace() {
    lock.lock();
    try {
      if (active >= pace.limit() || pace.pause(stopwatch.millis()).isPositive()) {
        return null;
      }
      Place place = active == 0 ? Place.OWN : Place.SHARED;
      if (place == Place.SHARED && !shared.tryAcquire()) {
        return null;
      }
      active++;
      return place;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Place place) {
    lock.lock();
    try {
      active--;
    } finally {
      lock.unlock();
    }
    if (place == Place.SHARED) {
      shared.release();
    }
  }

  private void push(PushTarget target, Message message, Claim claim, Place place) {
    Delivery delivery = message.delivery();
    try (claim) {
      String refusal = message.refusal();
      if (refusal != null) {
        deliveries.giveUp(subscription, delivery.ackId(), refusal);
        return;
      }
      Instant start = clock.instant();
      long startNanos = System.nanoTime();
      String id = "msg_" + epoch + "_" + delivery.offset();
      Answer answer =
          client
              .send(target.endpoint(), id, message.body(), message.hops() + 1)
              .withError(target::redact);
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      attempts.add(
          new Attempt(
              start, delivery.offset(), delivery.number(), answer.status(), took, answer.error()));
      adapt(answer);
      settle(answer, delivery);
    } catch (StoreUnavailableException e) {
      LOG.debug("{} can't note what became of a push: {}", subscription.name(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      leave(place);
      subscription.wake();
    }
  }

  private void adapt(Answer answer) {
    lock.lock();
    try {
      if (answer.isGood()) {
        pace.succeeded();
      } else {
        pace.failed(
            stopwatch.millis(), subscription.definition().backoff()::after, answer.retryAfter());
      }
    } finally {
      lock.unlock();
    }
  }

  private void settle(Answer answer, Delivery delivery) {
    List<String> ackIds = List.of(delivery.ackId());
    String error = answer.error();
    if (error == null) {
      deliveries.acknowledge(subscription, ackIds);
    } else if (answer.isGone()) {
      deliveries.takeBack(subscription, List.of(delivery.ackId()), Duration.ZERO);
      deliveries.pause(subscription, "its endpoint answered 410, that it is gone");
    } else {
      deliveries.fail(subscription, ackIds, answer.retryAfter(), error);
    }
  }

  /** The latest attempts, the newest first. */
  List<Attempt> attempts() {
    return attempts.latest();
  }

  /**
   * Whether it pushes the events of that subscription, which may have been deleted and made anew.
   */
  boolean isOf(Subscription other) {
    return subscription == other;
  }

  /** Whether it won't push any more. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether it was told to end. */
  boolean isStopping() {
    return stopping;
  }

  /** Pushes nothing more; what is under way goes on. */
  void end() {
    stopping = true;
    subscription.wake();
  }
}
