package dev.logaggregator.subscription;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventView;
import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Gap;
import dev.logaggregator.store.Order;
import dev.logaggregator.store.ReadRequest;
import dev.logaggregator.store.ReadResult;
import dev.logaggregator.subscription.DeliverySink.Accepted;
import dev.logaggregator.subscription.Dispatch.Redelivery;
import dev.logaggregator.subscription.Settlement.Buried;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to take deliveries: first what comes again, then what is new.
 *
 * <p>One thread at a time takes from a subscription; others wait for it, and hold nothing
 * meanwhile. It reads the log without the subscription's lock, so that a record (a seek, an
 * acknowledgement) is applied while it reads. What comes again is therefore noted as delivered
 * before it is read, and what can't be delivered is taken back. What is new is read first; it is
 * delivered only if nothing has moved the subscription since, else the attempt has brought nothing.
 */
final class Taking {

  /** For how long a read keeps the subscription from its other consumers. */
  private static final Duration SLICE = Duration.ofMillis(20);

  /** How many that come again are taken at a time. */
  private static final int BATCH = 100;

  private final Subscription subscription;
  private final EventStore store;
  private final InstantSource stopwatch;
  private final Duration deadline;
  private final DeliverySink sink;
  private final List<Buried> buried = new ArrayList<>();
  private int count;
  private boolean hasRoom = true;

  /** The event that the sink didn't take; -1 if there is none. */
  private long refused = -1;

  /**
   * @param deadline how long the consumer has to acknowledge what it takes
   */
  Taking(
      Subscription subscription,
      EventStore store,
      InstantSource stopwatch,
      Duration deadline,
      DeliverySink sink) {
    this.subscription = subscription;
    this.store = store;
    this.stopwatch = stopwatch;
    this.deadline = deadline;
    this.sink = sink;
  }

  /**
   * Takes so many at most. Nothing while the subscription is paused.
   *
   * @throws MemoryExhaustedException when there is none for even one
   */
  Taken take(int max) throws IOException {
    subscription.reading().acquireUninterruptibly();
    try {
      if (!sink.isWanted()) {
        return new Taken(0, false, null);
      }
      takeAgain(max);
      boolean mayHaveMore = hasRoom && count < max && takeNew(max - count);
      return new Taken(
          count,
          mayHaveMore,
          subscription.consume(consumption -> consumption.dispatch().takeGap()));
    } finally {
      subscription.reading().release();
    }
  }

  /** Those that are to go to the dead letters, since the log doesn't have them any more. */
  List<Buried> buried() {
    return buried;
  }

  private long deadlineMillis() {
    return stopwatch.millis() + deadline.toMillis();
  }

  private void takeAgain(int max) throws IOException {
    while (hasRoom && count < max) {
      List<Redelivery> batch = redeliver(Math.min(max - count, BATCH));
      if (batch.isEmpty()) {
        return;
      }
      deliver(batch);
    }
  }

  private List<Redelivery> redeliver(int max) {
    int maxInFlight = subscription.definition().maxInFlight();
    long deadlineMillis = deadlineMillis();
    return subscription.consume(
        consumption ->
            subscription.isDelivering()
                ? consumption.dispatch().redeliver(max, maxInFlight, deadlineMillis)
                : List.of());
  }

  private void deliver(List<Redelivery> batch) throws IOException {
    int handled = 0;
    List<Redelivery> evicted = new ArrayList<>();
    try {
      while (handled < batch.size() && hasRoom) {
        Redelivery next = batch.get(handled);
        if (!store.readAt(next.event().offset, view -> deliverAgain(next, view))) {
          evicted.add(next);
        } else if (refused >= 0) {
          return;
        } else {
          count++;
        }
        handled++;
      }
    } finally {
      List<Redelivery> notMade = batch.subList(handled, batch.size());
      subscription.act(consumption -> consumption.dispatch().takeBack(notMade));
      buried.addAll(
          subscription.consume(consumption -> consumption.settlement().giveUpEvicted(evicted)));
    }
  }

  private boolean deliverAgain(Redelivery next, EventView view) {
    next.event().receivedMillis = receivedMillis(view);
    return deliver(next.delivery(), view);
  }

  private static long receivedMillis(EventView view) {
    return TimeUnit.NANOSECONDS.toMillis(view.receivedNanos());
  }

  private boolean deliver(Delivery delivery, EventView view) {
    Accepted accepted = sink.accept(delivery, view);
    hasRoom = accepted == Accepted.AND_MORE;
    if (accepted == Accepted.NOT) {
      refused = delivery.offset();
    }
    return hasRoom;
  }

  /** Whether it is worth to try again. */
  private boolean takeNew(int max) throws IOException {
    Slice slice = slice(max);
    if (slice == null) {
      return false;
    }
    List<Outstanding> taken = new ArrayList<>();
    boolean delivered = false;
    try {
      ReadResult result =
          store.read(
              new ReadRequest(
                  slice.of(subscription.filter()),
                  Order.ASC,
                  slice.from(),
                  slice.limit(),
                  timeSlice(),
                  // Not an address, which is a client's.
                  "subscription " + subscription.name()),
              view -> takeNew(slice, view, taken));
      long to = refused >= 0 ? refused - 1 : result.position();
      delivered = sink.isWanted() && deliver(slice, taken, to, gap(slice, result));
      if (delivered) {
        count += taken.size();
      }
      return refused < 0 && !(delivered && result.exhausted());
    } finally {
      if (!delivered) {
        sink.undo(taken.size());
        subscription.act(consumption -> consumption.dispatch().abandon());
      }
    }
  }

  /**
   * Null while the subscription is paused, or has enough under way; or there is no memory for more
   * than what comes again, which may be what the memory is needed for.
   */
  private @Nullable Slice slice(int max) {
    int maxInFlight = subscription.definition().maxInFlight();
    try {
      return subscription.consume(
          consumption ->
              subscription.isDelivering() ? consumption.dispatch().slice(max, maxInFlight) : null);
    } catch (MemoryExhaustedException e) {
      if (count == 0) {
        throw e;
      }
      return null;
    }
  }

  private boolean deliver(Slice slice, List<Outstanding> taken, long to, @Nullable Gap gap) {
    long deadlineMillis = deadlineMillis();
    return subscription.consume(
        consumption -> consumption.dispatch().deliver(slice, taken, to, deadlineMillis, gap));
  }

  private boolean takeNew(Slice slice, EventView view, List<Outstanding> taken) {
    boolean goOn = deliver(subscription.firstDelivery(slice, view.offset()), view);
    if (refused < 0) {
      taken.add(new Outstanding(view.offset(), receivedMillis(view)));
    }
    return goOn;
  }

  private @Nullable Gap gap(Slice slice, ReadResult result) {
    return result.oldest() <= slice.from() + 1
        ? null
        : new Gap(
            new Cursor(store.epoch(), slice.from()),
            new Cursor(store.epoch(), result.oldest() - 1));
  }

  private BooleanSupplier timeSlice() {
    long endMillis = stopwatch.millis() + SLICE.toMillis();
    return () -> stopwatch.millis() > endMillis;
  }
}
