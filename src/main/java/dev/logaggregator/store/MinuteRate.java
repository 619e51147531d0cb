package dev.logaggregator.store;

/**
 * Events a second over the last minute, from two counters: those of the minute under way, and of
 * the one before by the share of it that still lies within the last sixty seconds. Minutes begin at
 * the same time for all, so that rates add up. Not thread-safe.
 */
final class MinuteRate {

  private static final int SECONDS = 60;

  private long minute;
  private int current;
  private int previous;

  /** Counts an event that came in that second since the epoch. */
  void add(long second) {
    turnTo(second);
    current++;
  }

  /** The rate as of that second. */
  double perSecond(long nowSecond) {
    turnTo(nowSecond);
    double shareOfPrevious = (double) (SECONDS - (nowSecond - minute * SECONDS)) / SECONDS;
    return (current + previous * Math.clamp(shareOfPrevious, 0, 1)) / SECONDS;
  }

  private void turnTo(long second) {
    long passed = Math.floorDiv(second, SECONDS) - minute;
    // A clock that was set far back begins anew, as one that was set far on.
    if (passed > 0 || passed < -1) {
      previous = passed == 1 ? current : 0;
      current = 0;
      minute += passed;
    }
  }
}
