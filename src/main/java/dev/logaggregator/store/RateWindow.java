package dev.logaggregator.store;

import java.util.Arrays;

/** How many events came in each of the last five minutes' seconds. Not thread-safe. */
final class RateWindow {

  private static final int SECONDS = 300;

  private final long[] counts = new long[SECONDS];
  private long newest;

  /**
   * Counts events that came in that second since the epoch; one before the last is taken for it.
   */
  void add(long second, long events) {
    turnTo(second);
    counts[slot(newest)] += events;
  }

  /**
   * Events a second over so many seconds, the one under way included. Over one second: that of the
   * last full one, or the one under way if it already has more.
   */
  double perSecond(long now, int seconds) {
    turnTo(now);
    if (seconds == 1) {
      return Math.max(counts[slot(newest)], counts[slot(newest - 1)]);
    }
    long sum = 0;
    for (int i = 0; i < seconds; i++) {
      sum += counts[slot(newest - i)];
    }
    return (double) sum / seconds;
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, (long) SECONDS);
  }

  /** A clock that was set far back, or far on, begins anew. */
  private void turnTo(long second) {
    if (Math.abs(second - newest) >= SECONDS) {
      Arrays.fill(counts, 0);
      newest = second;
    }
    while (newest < second) {
      newest++;
      counts[slot(newest)] = 0;
    }
  }
}
