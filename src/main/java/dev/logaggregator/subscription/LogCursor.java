package dev.logaggregator.subscription;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.store.EventConsumer;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Gap;
import dev.logaggregator.store.Order;
import dev.logaggregator.store.ReadRequest;
import dev.logaggregator.store.ReadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's place in the log, and how much lies before it. Not for more than one thread.
 *
 * <p>What lies before it is counted once: the count goes on from where it was when more has come,
 * and goes down by what is read.
 */
final class LogCursor {

  /** For how long a read keeps the subscription from its other consumers. */
  private static final Duration SLICE = Duration.ofMillis(20);

  /** How many events are counted at a time, so that nobody waits for long. */
  private static final int COUNT_SLICE = 100_000;

  private EventFilter filter;
  private long position;
  private long countedTo;
  private long counted;
  private @Nullable Gap lastGap;
  private @Nullable Gap untoldGap;

  LogCursor(EventFilter filter, long position) {
    this.filter = filter;
    moveTo(position);
    countedTo = position;
  }

  /** Reads others from here on. */
  void filter(EventFilter other) {
    filter = other;
    moveTo(position);
  }

  /** Up to and including this offset, every event was looked at. */
  long position() {
    return position;
  }

  void moveTo(long offset) {
    position = offset;
    countedTo = offset;
    counted = 0;
  }

  /**
   * Hands on the next events after the position, and moves it.
   *
   * @param done those that are passed over
   * @return whether there may be more
   */
  boolean readNew(EventStore store, long limit, OffsetRanges done, EventConsumer consumer)
      throws IOException {
    EventFilter wanted = done.last() > position ? new NotDone(filter, done) : filter;
    ReadResult result =
        store.read(
            new ReadRequest(wanted, Order.ASC, position, limit, slice()),
            event -> {
              if (event.offset() <= countedTo) {
                counted--;
              }
              return consumer.accept(event);
            });
    notice(store, result);
    position = Math.max(position, result.position());
    if (position >= countedTo) {
      moveTo(position);
    }
    return !result.exhausted();
  }

  private void notice(EventStore store, ReadResult result) {
    if (result.oldest() > position + 1) {
      missed(
          new Gap(
              new Cursor(store.epoch(), position), new Cursor(store.epoch(), result.oldest() - 1)));
      // What was counted may be what is gone.
      countedTo = position;
      counted = 0;
    }
  }

  /** Notes what is gone. */
  void missed(Gap gap) {
    lastGap = gap;
    untoldGap = gap;
  }

  /** What was missed last; null if nothing ever was. */
  @Nullable Gap lastGap() {
    return lastGap;
  }

  /** What was missed since the last call; null if nothing was. */
  @Nullable Gap takeGap() {
    Gap gap = untoldGap;
    untoldGap = null;
    return gap;
  }

  /**
   * Goes on counting what lies before the position.
   *
   * @return whether all of it is counted now
   */
  boolean count(EventStore store) throws IOException {
    long from = Math.max(countedTo, position);
    long[] found = {0};
    ReadResult result =
        store.read(
            new ReadRequest(filter, Order.ASC, from, Long.MAX_VALUE, () -> false),
            event -> {
              found[0]++;
              return found[0] % COUNT_SLICE != 0;
            });
    notice(store, result);
    counted += found[0];
    countedTo = Math.max(from, result.position());
    return result.exhausted();
  }

  /** How many matching events lie between the position and where counting has come. */
  long counted() {
    return counted;
  }

  /** When the next event was received, in milliseconds since the epoch; -1 if there is none. */
  long nextReceivedMillis(EventStore store) throws IOException {
    long[] received = {-1};
    if (counted > 0) {
      store.read(
          new ReadRequest(filter, Order.ASC, position, 1),
          event -> {
            received[0] = TimeUnit.NANOSECONDS.toMillis(event.receivedNanos());
            return false;
          });
    }
    return received[0];
  }

  private static BooleanSupplier slice() {
    long end = System.nanoTime() + SLICE.toNanos();
    return () -> System.nanoTime() > end;
  }

  /** Those events of a filter that are not done with. */
  private record NotDone(EventFilter filter, OffsetRanges done) implements EventFilter {

    @Override
    public boolean matches(EventView event) {
      return !done.contains(event.offset()) && filter.matches(event);
    }

    @Override
    public Verdict judge(BlockSummary block) {
      return filter.judge(block) == Verdict.NONE ? Verdict.NONE : Verdict.SOME;
    }
  }
}
