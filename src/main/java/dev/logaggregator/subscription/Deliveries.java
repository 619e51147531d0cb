package dev.logaggregator.subscription;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.StoreUnavailableException;
import dev.logaggregator.subscription.AckIds.Named;
import dev.logaggregator.subscription.Settlement.Acknowledged;
import dev.logaggregator.subscription.Settlement.Buried;
import dev.logaggregator.subscription.Settlement.Changed;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Takes deliveries for consumers, and records what became of them. */
@Component
public final class Deliveries {

  /**
   * How many deliveries are changed at a time, and go into one record: publishers wait for a record
   * to be applied, and that waits for the subscription's lock.
   */
  private static final int MOST_AT_ONCE = 500;

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
    return inParts(subscription, ackIds, ids -> acknowledgePart(subscription, ids));
  }

  private Outcome acknowledgePart(Subscription subscription, List<Named> ids) {
    Acknowledged acknowledged =
        subscription.consume(consumption -> consumption.settlement().acknowledge(ids));
    List<Outstanding> events = acknowledged.events();
    if (!events.isEmpty()) {
      List<Long> offsets = events.stream().map(event -> event.offset).toList();
      var done = new SubscriptionRecord.Done(subscription.name(), offsets, acknowledged.ranges());
      settle(subscription, events, () -> record(done));
    }
    return new Outcome(events.size(), acknowledged.unknown());
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
    Outcome outcome =
        inParts(subscription, ackIds, ids -> failPart(subscription, ids, delay, reason));
    subscription.wake();
    return outcome;
  }

  private Outcome failPart(
      Subscription subscription, List<Named> ids, @Nullable Duration delay, String reason) {
    Definition definition = subscription.definition();
    long now = stopwatch.millis();
    Changed changed =
        subscription.consume(
            consumption -> consumption.settlement().fail(definition, ids, delay, reason, now));
    bury(subscription, changed.buried());
    return new Outcome(changed.count(), changed.unknown());
  }

  /** Those deliveries have more time, from now on. */
  public Outcome extend(Subscription subscription, List<String> ackIds, Duration by) {
    expire(subscription);
    long until = stopwatch.millis() + by.toMillis();
    return inParts(
        subscription,
        ackIds,
        ids -> {
          Changed changed =
              subscription.consume(consumption -> consumption.settlement().extend(ids, until));
          return new Outcome(changed.count(), changed.unknown());
        });
  }

  /** Deliveries were not made after all; they are to be tried after that time. */
  public void takeBack(Subscription subscription, List<String> ackIds, Duration delay) {
    long until = stopwatch.millis() + delay.toMillis();
    for (List<String> part : parts(ackIds)) {
      List<Named> ids = subscription.named(part);
      subscription.act(consumption -> consumption.dispatch().takeBack(ids, until));
    }
    subscription.wake();
  }

  private static Outcome inParts(
      Subscription subscription, List<String> ackIds, Function<List<Named>, Outcome> step) {
    int count = 0;
    List<String> unknown = new ArrayList<>();
    for (List<String> part : parts(ackIds)) {
      Outcome outcome = step.apply(subscription.named(part));
      count += outcome.count;
      unknown.addAll(outcome.unknown);
    }
    return new Outcome(count, unknown);
  }

  /** See {@link #MOST_AT_ONCE}. */
  static <T> List<List<T>> parts(List<T> all) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST_AT_ONCE) {
      parts.add(all.subList(from, Math.min(all.size(), from + MOST_AT_ONCE)));
    }
    return parts;
  }

  /** An event is not to be delivered again, however many deliveries it has left. */
  public void giveUp(Subscription subscription, String ackId, String reason) {
    List<Named> ids = subscription.named(List.of(ackId));
    bury(
        subscription,
        subscription.consume(consumption -> consumption.settlement().giveUp(ids, reason)));
  }

  /** Stops a subscription until it is changed. */
  public void pause(Subscription subscription, String reason) {
    record(new SubscriptionRecord.Paused(subscription.name(), reason));
  }

  /** Lets the time that has passed have its effect. */
  void expire(Subscription subscription) {
    long now = stopwatch.millis();
    boolean any = false;
    while (subscription.nextTimerMillis() <= now) {
      expirePart(subscription, now);
      any = true;
    }
    if (any) {
      subscription.wake();
    }
  }

  private void expirePart(Subscription subscription, long now) {
    Definition definition = subscription.definition();
    bury(
        subscription,
        subscription.consume(
            consumption -> consumption.settlement().expire(definition, now, MOST_AT_ONCE)));
  }

  private void bury(Subscription subscription, List<Buried> all) {
    settle(
        subscription,
        all.stream().map(Buried::event).toList(),
        () -> all.forEach(one -> recordBuried(subscription, one)));
  }

  private void recordBuried(Subscription subscription, Buried buried) {
    Outstanding event = buried.event();
    DeadLetter letter =
        new DeadLetter(event.offset, event.deliveries, buried.reason(), clock.instant());
    int keep = letterRoom.reserve(subscription, letter);
    try {
      record(new SubscriptionRecord.Buried(subscription.name(), letter, buried.range(), keep));
    } catch (StoreUnavailableException e) {
      subscription.release(letter);
      throw e;
    }
  }

  /** Records that events are done with; those of which that fails are delivered again. */
  private void settle(Subscription subscription, List<Outstanding> events, Runnable recording) {
    try {
      recording.run();
    } catch (StoreUnavailableException e) {
      long now = stopwatch.millis();
      subscription.act(consumption -> consumption.settlement().unsettle(events, now));
      throw e;
    }
  }

  private void record(SubscriptionRecord record) {
    store.record(SubscriptionRecord.KIND, record.toBytes());
  }
}
