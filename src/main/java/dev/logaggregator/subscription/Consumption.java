package dev.logaggregator.subscription;

import dev.logaggregator.event.EventView;
import dev.logaggregator.filter.Durations;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Gap;
import dev.logaggregator.subscription.Outstanding.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What consumers do with a subscription: take deliveries, and say what became of them. Under the
 * subscription's lock.
 *
 * <p>An event that is done with stays in the table as settling, until the record of it is applied.
 */
final class Consumption {

  /** Why an event is given up that retention has taken meanwhile. */
  private static final String EVICTED = "evicted by retention before it was acknowledged";

  private final OffsetRanges done;
  private final LogCursor cursor;
  private final InFlightTable table = new InFlightTable();
  private final AckIds ackIds = new AckIds();
  private long delivered;
  private long redelivered;
  private @Nullable String lastError;

  Consumption(OffsetRanges done, LogCursor cursor) {
    this.done = done;
    this.cursor = cursor;
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

  /** An event that is to go to the dead letters. */
  record Buried(Outstanding event, OffsetRange range, String reason) {}

  /**
   * What became of an attempt to take deliveries.
   *
   * @param count how many were taken
   * @param mayHaveMore whether the log wasn't read to its end
   */
  record Taken(int count, boolean mayHaveMore, List<Buried> buried, @Nullable Gap gap) {}

  /** What is to be recorded of events that were acknowledged. */
  record Settled(List<Outstanding> events, List<OffsetRange> ranges, List<String> unknown) {}

  /** What became of deliveries that were to be changed. */
  record Changed(int count, List<String> unknown, List<Buried> buried) {}

  /** One call of {@link #take}, and how far it has come. */
  private final class Taking {
    private final Definition definition;
    private final int max;
    private final long deadlineMillis;
    private final DeliverySink sink;
    private int count;
    private boolean hasRoom = true;

    Taking(Definition definition, int max, long deadlineMillis, DeliverySink sink) {
      this.definition = definition;
      this.max = max;
      this.deadlineMillis = deadlineMillis;
      this.sink = sink;
    }

    boolean wantsMore() {
      return hasRoom && count < max && table.count(State.IN_FLIGHT) < definition.maxInFlight();
    }

    boolean deliver(Outstanding event, EventView view) {
      event.receivedMillis = TimeUnit.NANOSECONDS.toMillis(view.receivedNanos());
      table.deliver(event, deadlineMillis);
      delivered++;
      redelivered += event.deliveries > 1 ? 1 : 0;
      count++;
      String ackId = ackIds.of(event.offset, event.deliveries);
      hasRoom = sink.accept(new Delivery(event.offset, event.deliveries, ackId), view);
      return hasRoom;
    }
  }

  /**
   * Hands out what is to be delivered: again, what comes again; then what is new.
   *
   * @param deadlineMillis until when the consumer has to acknowledge it
   */
  Taken take(
      EventStore store, Definition definition, int max, long deadlineMillis, DeliverySink sink)
      throws IOException {
    List<Buried> buried = new ArrayList<>();
    Taking taking = new Taking(definition, max, deadlineMillis, sink);
    for (Outstanding event = table.firstReady();
        event != null && taking.wantsMore();
        event = table.firstReady()) {
      Outstanding ready = event;
      if (!store.readAt(ready.offset, view -> taking.deliver(ready, view))) {
        buried.add(bury(ready, EVICTED));
      }
    }
    boolean mayHaveMore = false;
    int room = Math.min(max - taking.count, definition.maxInFlight() - table.size());
    if (taking.wantsMore() && room > 0) {
      mayHaveMore =
          cursor.readNew(store, room, done, view -> taking.deliver(table.add(view.offset()), view));
    }
    return new Taken(taking.count, mayHaveMore, buried, cursor.takeGap());
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

  /** Takes a delivery back as if it had not been made; to be made again at that time. */
  void takeBack(String id, long untilMillis) {
    change(
        List.of(id),
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
