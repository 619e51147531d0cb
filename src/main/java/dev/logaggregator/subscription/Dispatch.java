package dev.logaggregator.subscription;

import dev.logaggregator.store.Gap;
import dev.logaggregator.subscription.AckIds.Named;
import dev.logaggregator.subscription.Outstanding.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is handed to consumers: first what comes again, then what is new. The log is read without
 * the lock; what is here is done under it, before and after. {@link Taking} has the two together.
 */
final class Dispatch {

  private final InFlightTable table;
  private final OffsetRanges done;
  private final LogCursor cursor;
  private final AckIds ackIds;
  private final InFlightClaim claim;
  private long delivered;
  private long redelivered;

  Dispatch(
      InFlightTable table,
      OffsetRanges done,
      LogCursor cursor,
      AckIds ackIds,
      InFlightClaim claim) {
    this.table = table;
    this.done = done;
    this.cursor = cursor;
    this.ackIds = ackIds;
    this.claim = claim;
  }

  /** How often events were delivered. */
  long delivered() {
    return delivered;
  }

  /** How many of these deliveries were not the first of their event. */
  long redelivered() {
    return redelivered;
  }

  /**
   * An event that is delivered again.
   *
   * @param delivery as it was noted
   */
  record Redelivery(Outstanding event, Delivery delivery) {

    /** Whether nothing has become of it yet. */
    boolean isUnderWay(InFlightTable table) {
      return table.inFlight(delivery.offset(), delivery.number()) == event;
    }
  }

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

  /** Takes back what was noted as delivered, and wasn't. */
  void takeBack(List<Redelivery> notMade) {
    for (Redelivery one : notMade) {
      if (one.isUnderWay(table)) {
        uncount(one.event);
        table.takeBack(one.event);
      }
    }
  }

  /** As if those deliveries had not been made; they are to be made again at that time. */
  void takeBack(List<Named> ids, long untilMillis) {
    for (Named named : ids) {
      Outstanding event = table.inFlight(named, ackIds);
      if (event != null) {
        uncount(event);
        event.deliveries--;
        table.pause(event, untilMillis);
      }
    }
  }

  private void uncount(Outstanding event) {
    redelivered -= event.deliveries > 1 ? 1 : 0;
    delivered--;
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
    return new Slice(
        cursor.position(),
        claim.reserve(room),
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
    claim.release();
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
    claim.release();
  }

  /** What was missed since the last call; null if nothing was. */
  @Nullable Gap takeGap() {
    return cursor.takeGap();
  }
}
