package dev.logaggregator.subscription;

import dev.logaggregator.filter.Durations;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.store.Gap;
import dev.logaggregator.subscription.Outstanding.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What consumers do with a subscription: take deliveries, and say what became of them. Under the
 * subscription's lock.
 *
 * <p>An event that is done with stays in the table as settling, until the record of it is applied.
 */
final class Consumption {

  private static final long BYTES_PER_EVENT = Outstanding.BYTES + OffsetRanges.BYTES_PER_RANGE;

  /** Why an event is given up that retention has taken meanwhile. */
  private static final String EVICTED = "evicted by retention before it was acknowledged";

  private final OffsetRanges done;
  private final LogCursor cursor;
  private final Claim claim;
  private final InFlightTable table = new InFlightTable();
  private final AckIds ackIds = new AckIds();
  private int reserved;
  private long delivered;
  private long redelivered;
  private @Nullable String lastError;

  /**
   * @param claim for what is under way
   */
  Consumption(OffsetRanges done, LogCursor cursor, Claim claim) {
    this.done = done;
    this.cursor = cursor;
    this.claim = claim;
  }

  InFlightTable table() {
    return table;
  }

  /** How often events were delivered. */
  long delivered() {
    return delivered;
  }

  /** How many of these deliveries were not the first of their event. */
  long redelivered() {
    return redelivered;
  }

  /** Why a delivery failed last; null if none did. */
  @Nullable String lastError() {
    return lastError;
  }

  /** Gives up all deliveries, as the position is moved. */
  void clear() {
    table.clear();
    ackIds.next();
  }

  /** Gives up everything, as the subscription is gone. */
  void close() {
    clear();
    reserved = 0;
    done.reset(done.floor());
    claim.close();
  }

  /** An event that is to go to the dead letters. */
  record Buried(Outstanding event, OffsetRange range, String reason) {}

  /** What is to be recorded of events that were acknowledged. */
  record Settled(List<Outstanding> events, List<OffsetRange> ranges, List<String> unknown) {}

  /** What became of deliveries that were to be changed. */
  record Changed(int count, List<String> unknown, List<Buried> buried) {}

  /**
   * An event that is delivered again.
   *
   * @param delivery as it was noted
   */
  record Redelivery(Outstanding event, Delivery delivery) {}

  /** Notes what comes again as delivered, before it is read. */
  List<Redelivery> redeliver(int max, int maxInFlight, long deadlineMillis) {
    List<Redelivery> batch = new ArrayList<>();
    int room = Math.min(max, maxInFlight - table.count(State.IN_FLIGHT));
    for (Outstanding event = table.firstReady();
        event != null && batch.size() < room;
        event = table.firstReady()) {
      table.deliver(event, deadlineMillis);
      batch.add(
          new Redelivery(event, delivery(event.offset, event.deliveries, ackIds.generation())));
      delivered++;
      redelivered += event.deliveries > 1 ? 1 : 0;
    }
    return batch;
  }

  /**
   * What became of those that were noted as delivered.
   *
   * @param notMade are taken back
   * @param evicted are given up, as the log doesn't have them any more
   */
  List<Buried> settle(List<Redelivery> notMade, List<Redelivery> evicted) {
    for (Redelivery one : notMade) {
      if (isLatest(one)) {
        redelivered -= one.event.deliveries > 1 ? 1 : 0;
        delivered--;
        table.takeBack(one.event);
      }
    }
    return evicted.stream().filter(this::isLatest).map(one -> bury(one.event, EVICTED)).toList();
  }

  private boolean isLatest(Redelivery one) {
    return table.get(one.event.offset) == one.event
        && one.event.state == State.IN_FLIGHT
        && one.event.deliveries == one.delivery.number();
  }

  /**
   * What is to be read next; null if nothing may be delivered now. To be followed by {@link
   * #deliver} or {@link #abandon}.
   *
   * @throws dev.logaggregator.memory.MemoryExhaustedException when there is none for one event
   */
  @Nullable Slice slice(int max, int maxInFlight) {
    int room =
        Math.min(
            max, Math.min(maxInFlight - table.count(State.IN_FLIGHT), maxInFlight - table.size()));
    if (room <= 0) {
      return null;
    }
    reserved = room;
    while (reserved > 1 && !claim.tryAtLeast(bytes())) {
      reserved /= 2;
    }
    int limit = reserved;
    try {
      claim.atLeast(bytes());
    } catch (MemoryExhaustedException e) {
      reserved = 0;
      throw e;
    }
    return new Slice(
        cursor.position(),
        limit,
        done.after(cursor.position()),
        cursor.moves(),
        ackIds.generation());
  }

  /**
   * The first delivery of an event that was found in a slice. For who reads it, without the lock.
   */
  Delivery firstDelivery(Slice slice, long offset) {
    return delivery(offset, 1, slice.generation());
  }

  private Delivery delivery(long offset, int number, int generation) {
    return new Delivery(offset, number, ackIds.of(offset, number, generation));
  }

  /**
   * Delivers what was found in a slice.
   *
   * @param to up to where all events were looked at
   * @param gap what the log doesn't have any more of the slice; null if nothing
   * @return false if the subscription was moved meanwhile, so that nothing was delivered
   */
  boolean deliver(
      Slice slice, List<Outstanding> events, long to, long deadlineMillis, @Nullable Gap gap) {
    if (cursor.moves() != slice.moves()) {
      return false;
    }
    reserved = 0;
    if (gap != null) {
      cursor.missed(gap);
    }
    for (Outstanding event : events) {
      table.add(event);
      table.deliver(event, deadlineMillis);
    }
    delivered += events.size();
    cursor.advance(events, to);
    return true;
  }

  /** Nothing is delivered of a slice. */
  void abandon() {
    reserved = 0;
  }

  /** What was missed since the last call; null if nothing was. */
  @Nullable Gap takeGap() {
    return cursor.takeGap();
  }

  /**
   * Bytes that the events which are not done with take, and the holes that they are in what is done
   * with: after a restart these are there before the events.
   */
  private long bytes() {
    return Math.max(table.size() + reserved, done.size() - 1) * BYTES_PER_EVENT;
  }

  /**
   * Sees to it that so many more events can be held.
   *
   * @throws MemoryExhaustedException when there is no memory for them
   */
  void requireRoomFor(int events) {
    claim.atLeast(bytes() + events * BYTES_PER_EVENT);
  }

  /**
   * Has as much claimed as is held. Where records have put in more than is to be had, new
   * deliveries wait until it is less again.
   */
  void claim() {
    claim.tryAtLeast(bytes());
    claim.shrinkTo(bytes());
  }

  /** Lets time pass; what has had all its deliveries is to be buried. */
  List<Buried> expire(Definition definition, long nowMillis) {
    String reason = "not acknowledged within " + Durations.format(definition.ackDeadline());
    return table.advance(nowMillis, definition.backoff(), definition.maxDeliveries()).stream()
        .map(event -> bury(event, reason))
        .toList();
  }

  private Buried bury(Outstanding event, String reason) {
    table.settle(event);
    lastError = reason;
    return new Buried(event, rangeAround(event), reason);
  }

  private OffsetRange rangeAround(Outstanding event) {
    return table.rangeAround(event.offset, done.floor(), cursor.position());
  }

  /** Those events are done with, whichever of their deliveries is named. */
  Settled acknowledge(List<String> ids) {
    List<Outstanding> events = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String id : ids) {
      AckIds.Named named = ackIds.parse(id);
      Outstanding event = named == null ? null : table.get(named.offset());
      if (event == null || event.state == State.SETTLING) {
        unknown.add(id);
      } else {
        table.settle(event);
        events.add(event);
      }
    }
    return new Settled(events, events.stream().map(this::rangeAround).toList(), unknown);
  }

  /** What couldn't be recorded as done with is delivered again. */
  void unsettle(List<Outstanding> events, long nowMillis) {
    for (Outstanding event : events) {
      if (event.state == State.SETTLING && table.get(event.offset) == event) {
        table.pause(event, nowMillis);
      }
    }
  }

  /**
   * Those deliveries have failed.
   *
   * @param delay until the next one; null for the usual pause
   * @param reason for the dead letters
   */
  Changed fail(
      Definition definition,
      List<String> ids,
      @Nullable Duration delay,
      String reason,
      long nowMillis) {
    List<Buried> buried = new ArrayList<>();
    Changed changes =
        change(
            ids,
            event -> {
              if (event.deliveries >= definition.maxDeliveries()) {
                buried.add(bury(event, reason));
              } else {
                Duration pause =
                    delay == null ? definition.backoff().after(event.deliveries) : delay;
                table.pause(event, nowMillis + pause.toMillis());
              }
            });
    lastError = changes.count > 0 ? reason : lastError;
    return new Changed(changes.count, changes.unknown, buried);
  }

  /** Takes deliveries back as if they had not been made; to be made again at that time. */
  void takeBack(List<String> ids, long untilMillis) {
    change(
        ids,
        event -> {
          event.deliveries--;
          table.pause(event, untilMillis);
        });
  }

  /** An event is given up, however many deliveries it has left. */
  List<Buried> giveUp(String id, String reason) {
    List<Buried> buried = new ArrayList<>();
    change(List.of(id), event -> buried.add(bury(event, reason)));
    return buried;
  }

  /** Those deliveries have until then. */
  Changed extend(List<String> ids, long deadlineMillis) {
    return change(ids, event -> table.extend(event, deadlineMillis));
  }

  /** Only the latest delivery of an event can be changed, and only while it is in flight. */
  private Changed change(List<String> ids, Consumer<Outstanding> change) {
    List<String> unknown = new ArrayList<>();
    for (String id : ids) {
      AckIds.Named named = ackIds.parse(id);
      Outstanding event = named == null ? null : table.get(named.offset());
      if (named == null
          || event == null
          || event.state != State.IN_FLIGHT
          || event.deliveries != named.delivery()) {
        unknown.add(id);
      } else {
        change.accept(event);
      }
    }
    return new Changed(ids.size() - unknown.size(), unknown, List.of());
  }
}
