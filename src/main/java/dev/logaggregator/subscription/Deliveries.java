package dev.logaggregator.subscription;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.StoreUnavailableException;
import dev.logaggregator.subscription.Consumption.Buried;
import dev.logaggregator.subscription.Consumption.Changed;
import dev.logaggregator.subscription.Consumption.Settled;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Takes deliveries for consumers, and records what became of them. */
@Component
public final class Deliveries {

  private final EventStore store;
  private final LetterRoom letterRoom;
  private final InstantSource clock;
  private final InstantSource stopwatch;

  /**
   * @param stopwatch deadlines and pauses are on, so that none ends early or late by a clock that
   *     is set
   */
  Deliveries(
      EventStore store,
      LetterRoom letterRoom,
      InstantSource clock,
      @Qualifier("stopwatch") InstantSource stopwatch) {
    this.store = store;
    this.letterRoom = letterRoom;
    this.clock = clock;
    this.stopwatch = stopwatch;
  }

  /**
   * What became of the ack ids that a consumer named.
   *
   * @param count how many were good
   * @param unknown those that weren't
   */
  public record Outcome(int count, List<String> unknown) {}

  /**
   * Hands out what there is to deliver.
   *
   * @param deadline how long the consumer has to acknowledge it
   * @throws dev.logaggregator.memory.MemoryExhaustedException when there is none for what would be
   *     under way
   */
  public Taken take(Subscription subscription, int max, Duration deadline, DeliverySink sink)
      throws IOException {
    expire(subscription);
    Taking taking = new Taking(subscription, store, stopwatch, deadline, sink);
    try {
      return taking.take(max);
    } finally {
      bury(subscription, taking.buried());
    }
  }

  /** Those are done with. */
  public Outcome acknowledge(Subscription subscription, List<String> ackIds) {
    expire(subscription);
    Settled settled = subscription.consume(consumption -> consumption.acknowledge(ackIds));
    List<Outstanding> events = settled.events();
    if (!events.isEmpty()) {
      List<Long> offsets = events.stream().map(event -> event.offset).toList();
      record(
          subscription,
          new SubscriptionRecord.Done(subscription.name(), offsets, settled.ranges()),
          events);
    }
    return new Outcome(events.size(), settled.unknown());
  }

  /**
   * Those deliveries have failed.
   *
   * @param delay until the next one; null for the usual pause
   * @param reason as the dead letter will have it
   */
  public Outcome fail(
      Subscription subscription, List<String> ackIds, @Nullable Duration delay, String reason) {
    expire(subscription);
    long now = stopwatch.millis();
    Changed changed =
        subscription.consume(
            consumption -> consumption.fail(subscription.definition(), ackIds, delay, reason, now));
    bury(subscription, changed.buried());
    subscription.wake();
    return new Outcome(changed.count(), changed.unknown());
  }

  /** Those deliveries have more time, from now on. */
  public Outcome extend(Subscription subscription, List<String> ackIds, Duration by) {
    expire(subscription);
    long until = stopwatch.millis() + by.toMillis();
    Changed changed = subscription.consume(consumption -> consumption.extend(ackIds, until));
    return new Outcome(changed.count(), changed.unknown());
  }

  /** Deliveries were not made after all; they are to be tried after that time. */
  public void takeBack(Subscription subscription, List<String> ackIds, Duration delay) {
    long until = stopwatch.millis() + delay.toMillis();
    subscription.act(consumption -> consumption.takeBack(ackIds, until));
    subscription.wake();
  }

  /** An event is not to be delivered again, however many deliveries it has left. */
  public void giveUp(Subscription subscription, String ackId, String reason) {
    bury(subscription, subscription.consume(consumption -> consumption.giveUp(ackId, reason)));
  }

  /** Stops a subscription until it is changed. */
  public void pause(Subscription subscription, String reason) {
    store.record(
        SubscriptionRecord.KIND,
        new SubscriptionRecord.Paused(subscription.name(), reason).toBytes());
  }

  /** Lets the time that has passed have its effect. */
  void expire(Subscription subscription) {
    long now = stopwatch.millis();
    if (subscription.nextTimerMillis() <= now) {
      bury(subscription, subscription.expire(now));
      subscription.wake();
    }
  }

  private void bury(Subscription subscription, List<Buried> all) {
    for (Buried buried : all) {
      Outstanding event = buried.event();
      DeadLetter letter =
          new DeadLetter(
              event.offset,
              event.deliveries,
              DeadLetter.shortened(buried.reason()),
              clock.instant());
      int keep = letterRoom.reserve(subscription, letter);
      try {
        record(
            subscription,
            new SubscriptionRecord.Buried(subscription.name(), letter, buried.range(), keep),
            List.of(event));
      } catch (StoreUnavailableException e) {
        subscription.release(letter);
        throw e;
      }
    }
  }

  private void record(
      Subscription subscription, SubscriptionRecord record, List<Outstanding> settling) {
    try {
      store.record(SubscriptionRecord.KIND, record.toBytes());
    } catch (StoreUnavailableException e) {
      long now = stopwatch.millis();
      subscription.act(consumption -> consumption.unsettle(settling, now));
      throw e;
    }
  }
}
