package dev.logaggregator.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much of the scanners' time those take who follow the log: they look again with each new
 * event, and one by a dear condition takes a hundred times as long as another. All together may
 * take a bounded part of it. When they have taken more, whoever has looked rests, the longer the
 * more its look has taken: so that a cheap one hears of an event within milliseconds, and a dear
 * one somewhat later of all that have come meanwhile. Thread-safe.
 */
final class FollowerPace {

  /** Of a second, a quarter of one processor's. */
  private static final int PART = 4;

  /** What may be taken at once, so that a few dear ones never rest. */
  private static final long MOST_CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** However many there are, none hears later than that of what it waits for. */
  static final long LONGEST_REST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final AtomicInteger followers = new AtomicInteger();
  private long creditNanos = MOST_CREDIT_NANOS;
  private long atNanos;

  /**
   * @param nanoTime now
   */
  FollowerPace(long nanoTime) {
    atNanos = nanoTime;
  }

  void enter() {
    followers.incrementAndGet();
  }

  void leave() {
    followers.decrementAndGet();
  }

  /**
   * Notes a look, and tells how long whoever has looked rests: as long as would give each follower
   * that takes as much an equal part.
   */
  long restAfter(long scanNanos, long nanoTime) {
    if (!takes(scanNanos, nanoTime)) {
      return 0;
    }
    long turns = (long) followers.get() * PART;
    return Math.min(LONGEST_REST_NANOS, scanNanos * turns);
  }

  /** Whether that is more than there is. */
  private synchronized boolean takes(long scanNanos, long nanoTime) {
    long earned = Math.max(0, nanoTime - atNanos) / PART;
    atNanos = Math.max(atNanos, nanoTime);
    // Debt is bounded too: a long look that has ended is no reason to rest for ever.
    creditNanos =
        Math.max(
            -LONGEST_REST_NANOS, Math.min(MOST_CREDIT_NANOS, creditNanos + earned) - scanNanos);
    return creditNanos < 0;
  }
}
