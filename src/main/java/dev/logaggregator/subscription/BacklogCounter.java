package dev.logaggregator.subscription;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Order;
import dev.logaggregator.store.ReadRequest;
import dev.logaggregator.store.ReadResult;
import dev.logaggregator.subscription.Backlog.Found;
import dev.logaggregator.subscription.Backlog.Part;
import dev.logaggregator.worker.Workers;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Counts the backlogs that somebody asked for, in the background: one worker for all subscriptions,
 * a part of one at a time, in turn. So a thousand subscriptions that are looked at cost as much of
 * the scanners as one reader does.
 */
@Component
final class BacklogCounter {

  /** So that all get their turn. */
  private static final Duration SLICE = Duration.ofMillis(50);

  private static final int LOOKED_AT_CLOCK_EVERY = 1_000;

  /** For how long who asks waits for figures that are exact. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final EventStore store;
  private final Workers workers;

  /** Each subscription is in it once at most. */
  private final BlockingQueue<Subscription> queue = new LinkedBlockingQueue<>();

  private boolean started;

  BacklogCounter(EventStore store, Workers workers) {
    this.store = store;
    this.workers = workers;
  }

  /**
   * Has the backlogs counted up to now, and waits for a moment, in which small ones are.
   *
   * @return the watermark that is counted to
   */
  long count(Collection<Subscription> subscriptions) {
    long watermark = store.watermark();
    start();
    subscriptions.stream()
        .filter(subscription -> subscription.backlog().begin())
        .forEach(queue::add);
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (Subscription subscription : subscriptions) {
        subscription.backlog().await(watermark, end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return watermark;
  }

  private synchronized void start() {
    if (!started) {
      started = true;
      workers.start("backlog-counter", Thread.ofVirtual().name("backlog-counter"), this::run);
    }
  }

  private void run() throws IOException, InterruptedException {
    while (true) {
      countPart(queue.take());
    }
  }

  private void countPart(Subscription subscription) throws IOException {
    boolean isComplete = true;
    try {
      isComplete = countNext(subscription);
    } finally {
      // After a failure, it is counted when it is asked for again.
      if (isComplete) {
        subscription.backlog().end();
      } else {
        queue.add(subscription);
      }
    }
  }

  /** A part that is being counted, and what of it. */
  private record Next(Part part, Slice slice) {}

  /** Whether all is counted now. */
  private boolean countNext(Subscription subscription) throws IOException {
    long watermark = store.watermark();
    Next next = subscription.backlog().count((backlog, slice) -> new Next(backlog.begin(), slice));
    long[] found = {0, -1, -1};
    BooleanSupplier isOver = timeSlice();
    ReadResult result =
        store.read(
            new ReadRequest(
                next.slice.of(subscription.filter()),
                Order.ASC,
                next.part.from(),
                Long.MAX_VALUE,
                isOver),
            event -> {
              if (found[0]++ == 0) {
                found[1] = event.offset();
                found[2] = TimeUnit.NANOSECONDS.toMillis(event.receivedNanos());
              }
              return found[0] % LOOKED_AT_CLOCK_EVERY != 0 || !isOver.getAsBoolean();
            });
    // What comes before the watermark and isn't in the log is a hole.
    long to =
        result.exhausted()
            ? Math.max(result.position(), watermark - 1)
            : Math.max(result.position(), next.part.from());
    boolean lacksFirst =
        subscription
            .backlog()
            .count(
                (backlog, slice) -> {
                  backlog.add(
                      next.part, new Found(to, found[0], found[1], found[2], result.oldest()));
                  return backlog.lacksFirst();
                });
    if (lacksFirst) {
      findFirst(subscription);
    }
    return subscription.backlog().count((backlog, slice) -> backlog.countedTo() >= watermark - 1);
  }

  private void findFirst(Subscription subscription) throws IOException {
    Slice ahead = subscription.backlog().count((backlog, slice) -> slice);
    store.read(
        new ReadRequest(ahead.of(subscription.filter()), Order.ASC, ahead.from(), 1, timeSlice()),
        event -> {
          long offset = event.offset();
          long millis = TimeUnit.NANOSECONDS.toMillis(event.receivedNanos());
          return subscription
              .backlog()
              .count(
                  (backlog, slice) -> {
                    if (slice.moves() == ahead.moves()) {
                      backlog.first(offset, millis);
                    }
                    return false;
                  });
        });
  }

  private static BooleanSupplier timeSlice() {
    long end = System.nanoTime() + SLICE.toNanos();
    return () -> System.nanoTime() > end;
  }
}
