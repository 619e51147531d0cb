package dev.logaggregator.hostile;

import java.util.Arrays;

/** How long things took; for any number of threads. */
final class Times {

  private long[] nanos = new long[1_024];
  private int count;

  synchronized void add(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = time;
  }

  synchronized int count() {
    return count;
  }

  /** Milliseconds that so much of all (0 to 1) don't exceed; 0 of none. */
  synchronized double millis(double share) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[Math.clamp((int) Math.ceil(share * count) - 1, 0, count - 1)] / 1e6;
  }
}
