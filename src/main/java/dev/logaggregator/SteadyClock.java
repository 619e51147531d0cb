package dev.logaggregator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Tells the time of day without its short jumps: it goes on with the machine's monotonic clock, and
 * nears the wall clock by a thousandth of the time that has passed. So one that drifts is followed,
 * and a clock that somebody sets a day forth and back evicts nothing.
 *
 * <p>A jump that lasts is followed at once: the machine slept, during which the monotonic clock
 * stands still, or its clock was wrong and has been set right. What counts as a jump, and how long
 * it has to last, is about as ntpd has it, which faces the same choice: a difference that small
 * steps could make up within half an hour is none, and five minutes are longer than it takes to
 * notice and undo a mistake, and short against any bound on age.
 */
final class SteadyClock implements InstantSource {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The larger part of what a clock drifts by is far below this. */
  private static final long SLEW_DIVISOR = 1_000;

  /** How often the wall clock is looked at. */
  private static final long SYNCHRONIZE_NANOS = NANOS_PER_SECOND;

  private static final long JUMP_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long JUMP_LASTS_NANOS = Duration.ofMinutes(5).toNanos();

  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile long synchronizedAt;

  /** What is added to the monotonic clock to get nanoseconds since the epoch. */
  private volatile long difference;

  /** By how much the wall clock jumped, beside what it tells now; 0 while it agrees. */
  private long jump;

  private long jumpedAt;

  /**
   * @param wall the time of day, which may jump
   * @param monotonicNanos nanoseconds from any origin, which never do
   */
  SteadyClock(InstantSource wall, LongSupplier monotonicNanos) {
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    synchronizedAt = monotonicNanos.getAsLong();
    difference = nanos(wall.instant()) - synchronizedAt;
  }

  @Override
  public Instant instant() {
    long now = monotonicNanos.getAsLong();
    if (now - synchronizedAt >= SYNCHRONIZE_NANOS && lock.tryLock()) {
      try {
        synchronizeAt(now);
      } finally {
        lock.unlock();
      }
    }
    long time = now + difference;
    return Instant.ofEpochSecond(
        Math.floorDiv(time, NANOS_PER_SECOND), Math.floorMod(time, NANOS_PER_SECOND));
  }

  private void synchronizeAt(long now) {
    long passed = now - synchronizedAt;
    if (passed < SYNCHRONIZE_NANOS) {
      return; // another thread did it meanwhile
    }
    synchronizedAt = now;
    long error = nanos(wall.instant()) - (now + difference);
    if (Math.abs(error) < JUMP_NANOS) {
      long most = passed / SLEW_DIVISOR;
      difference += Math.clamp(error, -most, most);
      jump = 0;
    } else if (jump == 0 || Math.abs(error - jump) >= JUMP_NANOS) {
      jump = error;
      jumpedAt = now;
    } else if (now - jumpedAt >= JUMP_LASTS_NANOS) {
      difference += error;
      jump = 0;
    }
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
  }
}
