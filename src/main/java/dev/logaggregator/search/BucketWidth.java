package dev.logaggregator.search;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.filter.Durations;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How long the time is that one bucket of a histogram covers. Buckets are aligned to the epoch.
 *
 * <p>A width to go with the range is one of {@link #ROUND}, as people divide time. Which one is
 * known only after the last event; until then events are counted in buckets as fine as {@link
 * #FINE}, coarser ones as the range grows. Every round width is a whole multiple of every fine one
 * that is not larger, so that nothing is counted twice or looked at again.
 */
public record BucketWidth(long millis) {

  /** About how many buckets a chart has. */
  private static final int BUCKETS = 60;

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private static final long[] FINE = {
    1, 10, 100, SECOND, MINUTE, HOUR, DAY, 10 * DAY, 100 * DAY, 1_000 * DAY, 10_000 * DAY
  };

  private static final long[] ROUND =
      Stream.of(
              multiples(1, 1, 2, 5, 10, 20, 50, 100, 200, 500),
              multiples(SECOND, 1, 2, 5, 10, 15, 30),
              multiples(MINUTE, 1, 2, 5, 10, 15, 30),
              multiples(HOUR, 1, 2, 3, 6, 12),
              multiples(DAY, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000),
              multiples(10_000 * DAY, 1, 2, 5, 10))
          .flatMapToLong(Function.identity())
          .toArray();

  private static LongStream multiples(long unit, long... factors) {
    return LongStream.of(factors).map(factor -> factor * unit);
  }

  /** The finest one. */
  static final BucketWidth FINEST = new BucketWidth(FINE[0]);

  /**
   * The width that a caller wants.
   *
   * @throws InvalidEventException when it is not of whole milliseconds
   */
  public static BucketWidth of(Duration interval) {
    if (interval.toMillis() < 1 || interval.toNanosPart() % 1_000_000 != 0) {
      throw new InvalidEventException("interval", "must be of whole milliseconds, 1ms at least");
    }
    return new BucketWidth(interval.toMillis());
  }

  /**
   * The round width that divides so many milliseconds into about {@value #BUCKETS} buckets; a
   * second for a single moment.
   */
  static BucketWidth forRange(long rangeMillis) {
    if (rangeMillis == 0) {
      return new BucketWidth(SECOND);
    }
    for (long width : ROUND) {
      if (width * BUCKETS >= rangeMillis) {
        return new BucketWidth(width);
      }
    }
    return new BucketWidth(ROUND[ROUND.length - 1]);
  }

  /** The next coarser one of those to count in. */
  BucketWidth coarser() {
    for (long width : FINE) {
      if (width > millis) {
        return new BucketWidth(width);
      }
    }
    return this;
  }

  /** The number of the bucket that a time lies in. */
  long bucket(long epochMillis) {
    return Math.floorDiv(epochMillis, millis);
  }

  /** When a bucket starts, milliseconds since the epoch. */
  long start(long bucket) {
    return bucket * millis;
  }

  /** As a parameter would have it. */
  @Override
  public String toString() {
    return Durations.format(Duration.ofMillis(millis));
  }
}
