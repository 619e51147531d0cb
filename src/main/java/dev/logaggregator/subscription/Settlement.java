package dev.logaggregator.subscription;

import dev.logaggregator.filter.Durations;
import dev.logaggregator.subscription.AckIds.Named;
import dev.logaggregator.subscription.Dispatch.Redelivery;
import dev.logaggregator.subscription.Outstanding.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What became of deliveries, as consumers say or the clock does. Under the subscription's lock.
 *
 * <p>An event that is done with stays in the table as settling, until the record of it is applied.
 */
final class Settlement {

  /** Why an event is given up that retention has taken meanwhile. */
  private static final String EVICTED = "evicted by retention before it was acknowledged";

  private final InFlightTable table;
  private final OffsetRanges done;
  private final LogCursor cursor;
  private final AckIds ackIds;
  private @Nullable String lastError;

  Settlement(InFlightTable table, OffsetRanges done, LogCursor cursor, AckIds ackIds) {
    this.table = table;
    this.done = done;
    this.cursor = cursor;
    this.ackIds = ackIds;
  }

  /** Why a delivery failed last; null if none did. */
  @Nullable String lastError() {
    return lastError;
  }

  /** An event that is to go to the dead letters. */
  record Buried(Outstanding event, OffsetRange range, String reason) {}

  /** What is to be recorded of events that were acknowledged. */
  record Acknowledged(List<Outstanding> events, List<OffsetRange> ranges, List<String> unknown) {}

  /** What became of deliveries that were to be changed. */
  record Changed(int count, List<String> unknown, List<Buried> buried) {}

  /** Those events are done with, whichever of their deliveries is named. */
  Acknowledged acknowledge(List<Named> ids) {
    List<Outstanding> events = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Named named : ids) {
      Outstanding event = ackIds.isValid(named) ? table.get(named.offset()) : null;
      if (event == null || event.state == State.SETTLING) {
        unknown.add(named.id());
      } else {
        table.settle(event);
        events.add(event);
      }
    }
    return new Acknowledged(events, events.stream().map(this::rangeAround).toList(), unknown);
  }

  private OffsetRange rangeAround(Outstanding event) {
    return table.rangeAround(event.offset, done.floor(), cursor.position());
  }

  /** Those of which it couldn't be recorded that they are done with are delivered again. */
  void unsettle(List<Outstanding> events, long nowMillis) {
    for (Outstanding event : events) {
      if (event.state == State.SETTLING && table.get(event.offset) == event) {
        table.pause(event, nowMillis);
      }
    }
  }

  /**
   * Lets time pass; what has had all its deliveries is to be buried.
   *
   * @param most see {@link InFlightTable#advance}
   */
  List<Buried> expire(Definition definition, long nowMillis, int most) {
    String reason = "not acknowledged within " + Durations.format(definition.ackDeadline());
    return table.advance(nowMillis, definition.backoff(), definition.maxDeliveries(), most).stream()
        .map(event -> bury(event, reason))
        .toList();
  }

  /**
   * Those deliveries have failed.
   *
   * @param delay until the next one; null for the usual pause
   * @param reason for the dead letters
   */
  Changed fail(
      Definition definition,
      List<Named> ids,
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
    lastError = changes.count > 0 ? DeadLetter.shortened(reason) : lastError;
    return new Changed(changes.count, changes.unknown, buried);
  }

  /** Events are given up, however many deliveries they have left. */
  List<Buried> giveUp(List<Named> ids, String reason) {
    List<Buried> buried = new ArrayList<>();
    change(ids, event -> buried.add(bury(event, reason)));
    return buried;
  }

  /**
   * Events are given up that were to be delivered again, and that the log doesn't have any more.
   */
  List<Buried> giveUpEvicted(List<Redelivery> evicted) {
    return evicted.stream()
        .filter(one -> one.isUnderWay(table))
        .map(one -> bury(one.event(), EVICTED))
        .toList();
  }

  private Buried bury(Outstanding event, String reason) {
    table.settle(event);
    lastError = DeadLetter.shortened(reason);
    return new Buried(event, rangeAround(event), lastError);
  }

  /** Those deliveries have until then. */
  Changed extend(List<Named> ids, long deadlineMillis) {
    return change(ids, event -> table.extend(event, deadlineMillis));
  }

  /** Only the latest delivery of an event can be changed, and only while it is in flight. */
  private Changed change(List<Named> ids, Consumer<Outstanding> change) {
    List<String> unknown = new ArrayList<>();
    for (Named named : ids) {
      Outstanding event = table.inFlight(named, ackIds);
      if (event == null) {
        unknown.add(named.id());
      } else {
        change.accept(event);
      }
    }
    return new Changed(ids.size() - unknown.size(), unknown, List.of());
  }
}
