package dev.logaggregator.store.segment.column;

import org.jspecify.annotations.Nullable;

/**
 * Moments of a row group, in the unit in which they were written: what is asked of them is worked
 * out then.
 *
 * @param inSecond how many of the unit are a second
 * @param wholes the moments in that unit, since the epoch
 * @param nanos what each has beside them, of seconds; null for none
 */
record Moments(long inSecond, long[] wholes, long @Nullable [] nanos) {

  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long MILLI_NANOS = 1_000_000;
  private static final long MILLIS = 1_000;

  long second(int row) {
    return Math.floorDiv(wholes[row], inSecond);
  }

  /** Within the second. */
  int nano(int row) {
    long beside = nanos == null ? 0 : nanos[row];
    return (int) (Math.floorMod(wholes[row], inSecond) * (SECOND_NANOS / inSecond) + beside);
  }

  /** Since the epoch, rounded down. */
  long millis(int row) {
    if (inSecond < MILLIS) {
      return wholes[row] * MILLIS + nano(row) / MILLI_NANOS;
    }
    return inSecond == MILLIS ? wholes[row] : Math.floorDiv(wholes[row], inSecond / MILLIS);
  }

  /** Since the epoch. */
  long epochNanos(int row) {
    return wholes[row] * (SECOND_NANOS / inSecond) + (nanos == null ? 0 : nanos[row]);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return wholes.length + " moments";
  }
}
