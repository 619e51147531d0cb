package dev.logaggregator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tells the time of day without its jumps: it goes on with the machine's monotonic clock, and nears
 * the wall clock by a thousandth of the time that has passed. So a clock that somebody sets a day
 * forth and back evicts nothing, and one that drifts is followed.
 */
final class SteadyClock implements InstantSource {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The larger part of what a clock drifts by is far below this. */
  private static final long SLEW_DIVISOR = 1_000;

  /** How often the wall clock is looked at. */
  private static final long SYNCHRONIZE_NANOS = NANOS_PER_SECOND;

  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final AtomicLong synchronizedAt;

  /** What is added to the monotonic clock to get nanoseconds since the epoch. */
  private volatile long difference;

  /**
   * @param wall the time of day, which may jump
   * @param monotonicNanos nanoseconds from any origin, which never do
   */
  SteadyClock(InstantSource wall, LongSupplier monotonicNanos) {
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    long now = monotonicNanos.getAsLong();
    difference = nanos(wall.instant()) - now;
    synchronizedAt = new AtomicLong(now);
  }

  @Override
  public Instant instant() {
    long now = monotonicNanos.getAsLong();
    long last = synchronizedAt.get();
    long passed = now - last;
    if (passed >= SYNCHRONIZE_NANOS && synchronizedAt.compareAndSet(last, now)) {
      long error = nanos(wall.instant()) - (now + difference);
      long most = passed / SLEW_DIVISOR;
      difference += Math.clamp(error, -most, most);
    }
    long time = now + difference;
    return Instant.ofEpochSecond(
        Math.floorDiv(time, NANOS_PER_SECOND), Math.floorMod(time, NANOS_PER_SECOND));
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
  }
}
