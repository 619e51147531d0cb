package dev.logaggregator.search;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Until when a search may go on. The time that it waits for the scanners counts, as whoever waits
 * for the answer sees it; the time that it waits for events, or for its client, doesn't.
 */
public final class Deadline {

  private final LongSupplier nanoTime;
  private long endNanos;
  private long pausedNanos;

  Deadline(Duration timeout, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    endNanos = nanoTime.getAsLong() + timeoutNanos(timeout);
  }

  /** A century is as good as for ever, and no clock runs over by it. */
  private static long timeoutNanos(Duration timeout) {
    return timeout.toDays() > 36_500 ? TimeUnit.DAYS.toNanos(36_500) : timeout.toNanos();
  }

  /** Whether the time is over. */
  public boolean hasPassed() {
    return nanoTime.getAsLong() - endNanos >= 0;
  }

  /** What comes now, until {@link #resume}, doesn't count. */
  void pause() {
    pausedNanos = nanoTime.getAsLong();
  }

  void resume() {
    endNanos += nanoTime.getAsLong() - pausedNanos;
  }
}
