package dev.logaggregator.subscription;

import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.request.EventPieces;
import dev.logaggregator.store.Gap;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One pull: waits until there is an event, then takes as many as there are, and as the answer has
 * room for. An answer that can't be sent to its end brings nothing: its deliveries are taken back,
 * so that they come again at once and count as not made.
 */
final class Pull {

  /** How long it waits before it looks whether its client is still there. */
  private static final long LOOKED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Subscription subscription;
  private final int max;
  private final String client;
  private final Deliveries deliveries;
  private final WaitingPulls waiting;
  private final BooleanSupplier stopping;
  private int count;
  private @Nullable Gap gap;

  /**
   * @param client takes a place while it waits
   * @param stopping whether the service stops, so that nobody goes on waiting
   */
  Pull(
      Subscription subscription,
      int max,
      String client,
      Deliveries deliveries,
      WaitingPulls waiting,
      BooleanSupplier stopping) {
    this.subscription = subscription;
    this.max = max;
    this.client = client;
    this.deliveries = deliveries;
    this.waiting = waiting;
    this.stopping = stopping;
  }

  /**
   * Fills the answer, and sends it.
   *
   * @throws NoSuchSubscriptionException when it was deleted before there was an event
   * @throws TooManyWaitingPullsException when there is no place to wait in
   */
  void answer(PullAnswer answer, long waitNanos) throws IOException {
    boolean sent = false;
    try {
      takeFirst(answer, waitNanos);
      takeMore(answer);
      answer.end(gap);
      sent = true;
    } catch (EventPieces.EvictedException incomplete) {
      answer.breakOff();
    } finally {
      if (!sent && !answer.ackIds().isEmpty()) {
        deliveries.takeBack(subscription, answer.ackIds(), Duration.ZERO);
      }
    }
  }

  private void takeFirst(PullAnswer answer, long waitNanos) throws IOException {
    long end = System.nanoTime() + waitNanos;
    while (true) {
      long seen = subscription.changes();
      boolean mayHaveMore = take(answer);
      long left = end - System.nanoTime();
      if (subscription.isDeleted()) {
        throw new NoSuchSubscriptionException(subscription.name());
      }
      if (count > 0
          || stopping.getAsBoolean()
          || (left <= 0 && !mayHaveMore)
          || !answer.isWanted()) {
        return;
      }
      if (!mayHaveMore && !await(seen, Math.min(left, LOOKED_AFTER_NANOS))) {
        return;
      }
    }
  }

  private void takeMore(PullAnswer answer) throws IOException {
    while (answer.sendFull() && count < max) {
      try {
        take(answer);
      } catch (MemoryExhaustedException e) {
        return; // who has something is served; the next pull is told
      }
    }
  }

  private boolean take(PullAnswer answer) throws IOException {
    Taken taken =
        deliveries.take(subscription, max - count, subscription.definition().ackDeadline(), answer);
    count += taken.count();
    gap = taken.gap() == null ? gap : taken.gap();
    return taken.mayHaveMore();
  }

  /** False when it was interrupted: nobody waits for the answer any more. */
  private boolean await(long seen, long nanos) {
    try (WaitingPulls.Place place = waiting.take(client)) {
      subscription.await(seen, nanos);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
