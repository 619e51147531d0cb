package dev.logaggregator.store;

import java.util.function.LongSupplier;

/** Somebody who looks again and again at what is new in the log; to be closed. */
public final class Follower implements AutoCloseable {

  private final FollowerPace pace;
  private final LongSupplier nanoTime;

  Follower(FollowerPace pace, LongSupplier nanoTime) {
    this.pace = pace;
    this.nanoTime = nanoTime;
    pace.enter();
  }

  /**
   * How long to rest before the next look, in nanoseconds; mostly not at all.
   *
   * @param scanNanos what the last one has taken of the scanners' time
   */
  public long restAfter(long scanNanos) {
    return pace.restAfter(scanNanos, nanoTime.getAsLong());
  }

  @Override
  public void close() {
    pace.leave();
  }
}
