package dev.logaggregator.subscription.push;

import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.store.StoreUnavailableException;
import dev.logaggregator.subscription.Deliveries;
import dev.logaggregator.subscription.Delivery;
import dev.logaggregator.subscription.PushTarget;
import dev.logaggregator.subscription.Subscription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
final class Pusher implements Runnable {

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
      Semaphore shared) {
    this.subscription = subscription;
    this.epoch = epoch;
    this.deliveries = deliveries;
    this.client = client;
    this.clock = clock;
    this.stopwatch = stopwatch;
    this.settings = settings;
    this.shared = shared;
    this.pace = new EndpointPace(settings.maxConcurrentPerSubscription());
  }

  /** What is to be pushed. */
  private record Message(Delivery delivery, byte[] body, int hops) {}

  /** Whose place a push takes. */
  private enum Place {
    OWN,
    SHARED
  }

  @Override
  public void run() {
    try {
      while (!stopping && isWanted()) {
        long seen = subscription.changes();
        if (!pushNext()) {
          subscription.await(seen, waitNanos());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    } finally {
      ended = true;
    }
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
    try {
      PushTarget target = subscription.definition().push();
      if (target == null) {
        return false;
      }
      List<Message> taken = new ArrayList<>(1);
      boolean mayHaveMore = take(target, taken);
      if (taken.isEmpty()) {
        return mayHaveMore;
      }
      Message message = taken.getFirst();
      Thread.ofVirtual()
          .name("push-" + subscription.name())
          .start(() -> push(target, message, place));
      pushing = true;
      return true;
    } finally {
      if (!pushing) {
        leave(place);
      }
    }
  }

  private boolean take(PushTarget target, List<Message> taken) {
    Duration deadline = target.timeout().plus(GRACE);
    try {
      return deliveries
          .take(subscription, 1, deadline, (delivery, event) -> taken.add(message(delivery, event)))
          .mayHaveMore();
    } catch (StoreUnavailableException e) {
      LOG.debug("{} stops pushing: {}", subscription.name(), e.getMessage());
      stopping = true;
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

  private static Message message(Delivery delivery, EventView event) {
    JsonBuffer body = new JsonBuffer(1024);
    EventJson.write(event, body);
    return new Message(delivery, body.toByteArray(), Hops.of(event));
  }

  private void push(PushTarget target, Message message, Place place) {
    Delivery delivery = message.delivery;
    try {
      if (message.hops >= settings.maxHops()) {
        deliveries.giveUp(
            subscription,
            delivery.ackId(),
            "came through " + message.hops + " pushes already: it goes round in a circle");
        return;
      }
      Instant start = clock.instant();
      long startNanos = System.nanoTime();
      String id = "msg_" + epoch + "_" + delivery.offset();
      Answer answer = client.send(target, id, message.body, message.hops + 1);
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
        pace.failed(stopwatch.millis(), subscription.definition().backoff(), answer.retryAfter());
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
      deliveries.takeBack(subscription, delivery.ackId(), Duration.ZERO);
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

  /** Whether it was told to end, or can't go on. */
  boolean isStopping() {
    return stopping;
  }

  /** Pushes nothing more; what is under way goes on. */
  void end() {
    stopping = true;
    subscription.wake();
  }
}
