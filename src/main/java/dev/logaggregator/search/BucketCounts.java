package dev.logaggregator.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts events by time, and by the value that they are divided by, in one pass, without knowing
 * their range beforehand. One thread at a time.
 */
final class BucketCounts implements EventCounter {

  /**
   * How many buckets there may be, before they are taken coarser. Large enough for the coarser ones
   * to still divide the width that is chosen in the end: what fills 4,096 fine buckets has a range
   * for which a width of more than 68 fine ones is chosen, and a coarser one is 60 at most.
   */
  private static final int MOST_FINE = 4_096;

  private final Series series;
  private final @Nullable Function function;
  private final boolean adaptive;
  private final Room room;
  private final RowGroups groups = new RowGroups();
  private final @Nullable Operands operands;
  private BucketWidth width;
  private Map<Long, Bucket> buckets = new HashMap<>();
  private Bucket[] rows = new Bucket[1];

  /** The bucket that was found last, and from when until when it is, exclusively. */
  private @Nullable Bucket last;

  private long lastStart;
  private long lastEnd;
  private long minMillis = Long.MAX_VALUE;
  private long maxMillis = Long.MIN_VALUE;

  private BucketCounts(
      Series series, @Nullable Measure measure, BucketWidth width, boolean adaptive, Room room) {
    this.series = series;
    this.function = measure == null ? null : measure.function();
    this.operands = measure == null ? null : new Operands(measure);
    this.width = width;
    this.adaptive = adaptive;
    this.room = room;
  }

  /**
   * In buckets of that width.
   *
   * @param room for what they take
   */
  static BucketCounts fixed(
      Series series, @Nullable Measure measure, BucketWidth width, Room room) {
    return new BucketCounts(series, measure, width, false, room);
  }

  /**
   * In buckets that divide whatever width fits the range. There are many of them, too many to
   * measure something in each.
   */
  static BucketCounts adaptive(Series series, Room room) {
    return new BucketCounts(series, null, BucketWidth.FINEST, true, room);
  }

  @Override
  public void count(FoundEvents events) {
    if (isUseless()) {
      return;
    }
    findBuckets(events);
    if (series.by() != null) {
      groups.read(events, series.by(), series::number);
      for (int row = events.next(0); row >= 0; row = events.next(row + 1)) {
        countGroups(rows[row], row);
      }
    }
    if (operands != null) {
      operands.read(events, this::measure);
    }
    while (adaptive && buckets.size() > MOST_FINE) {
      coarsen();
    }
  }

  private void findBuckets(FoundEvents events) {
    if (rows.length < events.rows()) {
      rows = new Bucket[events.rows()];
    }
    for (int row = events.next(0); row >= 0; row = events.next(row + 1)) {
      long millis = events.timestampMillis(row);
      minMillis = Math.min(minMillis, millis);
      maxMillis = Math.max(maxMillis, millis);
      Bucket bucket = bucket(millis);
      bucket.count();
      rows[row] = bucket;
    }
  }

  private void countGroups(Bucket bucket, int row) {
    if (groups.isEmpty(row)) {
      bucket.count(Series.NONE);
    } else {
      groups.forEach(row, bucket::count);
    }
  }

  private void measure(int row, long operand) {
    Bucket bucket = rows[row];
    bucket.measure(operand);
    if (series.by() == null) {
      return;
    }
    if (groups.isEmpty(row)) {
      bucket.measure(Series.NONE, operand);
    } else {
      groups.forEach(row, number -> bucket.measure(number, operand));
    }
  }

  private Bucket bucket(long millis) {
    if (last != null && millis >= lastStart && millis < lastEnd) {
      return last;
    }
    long number = width.bucket(millis);
    Bucket bucket = buckets.get(number);
    if (bucket == null) {
      bucket = new Bucket(function, room);
      buckets.put(number, bucket);
    }
    last = bucket;
    lastStart = width.start(number);
    lastEnd = width.start(number + 1);
    return bucket;
  }

  private void coarsen() {
    BucketWidth coarser = width.coarser();
    int[] same = IntStream.range(0, series.size()).toArray();
    Map<Long, Bucket> merged = new HashMap<>();
    buckets.forEach(
        (number, bucket) -> {
          merged
              .computeIfAbsent(coarser.bucket(width.start(number)), any -> new Bucket(null, room))
              .merge(bucket, same);
          bucket.close();
        });
    buckets = merged;
    width = coarser;
    last = null;
  }

  /** Whether there are too many buckets, or too many values. */
  @Override
  public boolean isUseless() {
    return isTooFine() || series.isCrowded();
  }

  /** Whether events had more values than are counted. */
  boolean isCut() {
    return groups.isCut() || (operands != null && operands.isCut());
  }

  /** Whether the width is so small that there are more buckets than an answer may have. */
  boolean isTooFine() {
    return buckets.size() > Histogram.MOST_BUCKETS;
  }

  long minMillis() {
    return minMillis;
  }

  long maxMillis() {
    return maxMillis;
  }

  Series series() {
    return series;
  }

  /** How many events have each value, by number. */
  long[] eventsBySeries() {
    long[] sums = new long[series.size()];
    for (Bucket bucket : buckets.values()) {
      Arrays.setAll(sums, number -> sums[number] + bucket.events(number));
    }
    return sums;
  }

  /** Shows each bucket, with when it starts, in milliseconds since the epoch. */
  void forEach(BiConsumer<Long, Bucket> action) {
    buckets.forEach((number, bucket) -> action.accept(width.start(number), bucket));
  }

  /** What is measured; null if nothing is. */
  @Nullable Function function() {
    return function;
  }
}
