package dev.logaggregator.store;

import java.util.Arrays;

/** How many events came in each of the last five minutes' seconds. Not thread-safe. */
final class RateWindow {

  private static final int SECONDS = 300;

  private final long[] counts = new long[SECONDS];
  private long newest = Long.MIN_VALUE;

  /**
   * Counts events that came in that second since the epoch; one before the last is taken for it.
   */
  void add(long second, long events) {
    turnTo(second);
    counts[(int) (newest % SECONDS)] += events;
  }

  /** A copy that can be asked while this one is counted on. */
  RateWindow copy() {
    RateWindow copy = new RateWindow();
    System.arraycopy(counts, 0, copy.counts, 0, SECONDS);
    copy.newest = newest;
    return copy;
  }

  /**
   * Events a second over so many seconds, the one under way included. Over one second: that of the
   * last full one, or the one under way if it already has more.
   */
  double perSecond(long now, int seconds) {
    turnTo(now);
    if (seconds == 1) {
      return Math.max(counts[(int) (newest % SECONDS)], counts[(int) ((newest - 1) % SECONDS)]);
    }
    long sum = 0;
    for (int i = 0; i < seconds; i++) {
      sum += counts[(int) ((newest - i) % SECONDS)];
    }
    return (double) sum / seconds;
  }

  private void turnTo(long second) {
    if (second - SECONDS >= newest) {
      Arrays.fill(counts, 0);
      newest = second;
    }
    while (newest < second) {
      newest++;
      counts[(int) (newest % SECONDS)] = 0;
    }
  }
}
