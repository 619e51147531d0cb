package dev.logaggregator.subscription;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Gap;
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
  private final InstantSource clock;
  private final InstantSource stopwatch;

  /**
   * @param stopwatch deadlines and pauses are on, so that none ends early or late by a clock that
   *     is set
   */
  Deliveries(
      EventStore store, InstantSource clock, @Qualifier("stopwatch") InstantSource stopwatch) {
    this.store = store;
    this.clock = clock;
    this.stopwatch = stopwatch;
  }

  /**
   * What was taken.
   *
   * @param count how many deliveries
   * @param mayHaveMore whether it is worth to try again at once
   * @param gap what the subscription has missed; null if nothing
   */
  public record Taken(int count, boolean mayHaveMore, @Nullable Gap gap) {}

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
   */
  public Taken take(Subscription subscription, int max, Duration deadline, DeliverySink sink)
      throws IOException {
    expire(subscription);
    long deadlineMillis = stopwatch.millis() + deadline.toMillis();
    Consumption.Taken taken = subscription.take(store, max, deadlineMillis, sink);
    bury(subscription, taken.buried());
    return new Taken(taken.count(), taken.mayHaveMore(), taken.gap());
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

  /** A delivery was not made after all; it is to be tried after that time. */
  public void takeBack(Subscription subscription, String ackId, Duration delay) {
    long until = stopwatch.millis() + delay.toMillis();
    subscription.consume(
        consumption -> {
          consumption.takeBack(ackId, until);
          return ackId;
        });
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
          new DeadLetter(event.offset, event.deliveries, buried.reason(), clock.instant());
      record(
          subscription,
          new SubscriptionRecord.Buried(subscription.name(), letter, buried.range()),
          List.of(event));
    }
  }

  private void record(
      Subscription subscription, SubscriptionRecord record, List<Outstanding> settling) {
    try {
      store.record(SubscriptionRecord.KIND, record.toBytes());
    } catch (StoreUnavailableException e) {
      long now = stopwatch.millis();
      subscription.consume(
          consumption -> {
            consumption.unsettle(settling, now);
            return settling;
          });
      throw e;
    }
  }
}
