package dev.logaggregator.store.segment;

/**
 * When to look at the time, while events are looked at: so often that a dear condition on large
 * events doesn't take much longer than it may, so seldom that it doesn't cost what an event costs.
 */
final class Pace {

  /** Some ten usual events; of large ones, each. */
  private static final int BYTES_A_LOOK = 4 * 1024;

  private int bytes;

  /** Counts an event of that size. */
  boolean isTimeToLook(int length) {
    bytes += length;
    if (bytes < BYTES_A_LOOK) {
      return false;
    }
    bytes = 0;
    return true;
  }
}
