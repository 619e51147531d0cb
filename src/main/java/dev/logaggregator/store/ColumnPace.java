package dev.logaggregator.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast segments are written in columns, which costs several times what packing them does: while
 * segments come in, the processor is the publishers', and columns get a small share of one core;
 * after a moment without, all of it. Not thread-safe.
 */
final class ColumnPace {

  /** How long to rest, in times of what the last segment took: a twentieth of a core is left. */
  static final int REST = 19;

  /**
   * After so long without a new segment, nobody is in a hurry. Publishers of one event a request
   * fill one in a second or two, and need both cores for it.
   */
  static final long CALM_NANOS = Duration.ofSeconds(5).toNanos();

  private final LongSupplier nanoTime;
  private long calmAt;
  private long restedAt;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  ColumnPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    calmAt = nanoTime.getAsLong();
    restedAt = calmAt;
  }

  /** A segment came in. */
  void arrived() {
    calmAt = nanoTime.getAsLong() + CALM_NANOS;
  }

  /** A segment was written in columns, or tried to, since that time. */
  void wrote(long sinceNanos) {
    long now = nanoTime.getAsLong();
    restedAt = now + REST * (now - sinceNanos);
  }

  /** How long to wait before the next one; not positive when it may be written now. */
  long restNanos() {
    long now = nanoTime.getAsLong();
    return Math.min(restedAt - now, calmAt - now);
  }
}
