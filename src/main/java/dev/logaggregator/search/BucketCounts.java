package dev.logaggregator.search;

import dev.logaggregator.event.EventView;
import dev.logaggregator.memory.Claim;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts events by time, and by the value that they are divided by, in one pass, without knowing
 * their range beforehand. One thread at a time.
 */
public final class BucketCounts {

  /**
   * How many buckets there may be, before they are taken coarser. Large enough for the coarser ones
   * to still divide the width that is chosen in the end: what fills 4,096 fine buckets has a range
   * for which a width of more than 68 fine ones is chosen, and a coarser one is 60 at most.
   */
  private static final int MOST_FINE = 4_096;

  /** Of a row beside its numbers. */
  private static final int BYTES_A_ROW = 88;

  private final Series series;
  private final boolean adaptive;
  private final Claim claim;
  private BucketWidth width;
  private Map<Long, long[]> rows = new HashMap<>();
  private long lastBucket;
  private long[] lastRow = {};
  private long minMillis = Long.MAX_VALUE;
  private long maxMillis = Long.MIN_VALUE;

  private BucketCounts(Series series, BucketWidth width, boolean adaptive, Claim claim) {
    this.series = series;
    this.width = width;
    this.adaptive = adaptive;
    this.claim = claim;
  }

  /**
   * In buckets of that width.
   *
   * @param claim on what they take
   */
  static BucketCounts fixed(Series series, BucketWidth width, Claim claim) {
    return new BucketCounts(series, width, false, claim);
  }

  /** In buckets that divide whatever width fits the range. */
  static BucketCounts adaptive(Series series, Claim claim) {
    return new BucketCounts(series, BucketWidth.FINEST, true, claim);
  }

  void count(EventView event) {
    if (isUseless()) {
      return;
    }
    long millis = event.timestampSecond() * 1_000 + event.timestampNano() / 1_000_000;
    minMillis = Math.min(minMillis, millis);
    maxMillis = Math.max(maxMillis, millis);
    int number = series.number(event);
    long bucket = width.bucket(millis);
    if (bucket != lastBucket || number >= lastRow.length) {
      claim.atLeast(rows.size() * (BYTES_A_ROW + (long) Long.BYTES * series.size()));
      lastRow = row(rows, bucket, series.size());
      lastBucket = bucket;
    }
    lastRow[number]++;
    while (adaptive && rows.size() > MOST_FINE) {
      coarsen();
    }
  }

  /** The row of a bucket, that long at least. */
  private static long[] row(Map<Long, long[]> rows, long bucket, int length) {
    long[] row = rows.get(bucket);
    if (row == null || row.length < length) {
      row = row == null ? new long[length] : Arrays.copyOf(row, length);
      rows.put(bucket, row);
    }
    return row;
  }

  private void coarsen() {
    BucketWidth coarser = width.coarser();
    Map<Long, long[]> merged = new HashMap<>();
    rows.forEach(
        (bucket, counts) -> {
          long[] row = row(merged, coarser.bucket(width.start(bucket)), counts.length);
          for (int i = 0; i < counts.length; i++) {
            row[i] += counts[i];
          }
        });
    rows = merged;
    width = coarser;
    lastRow = new long[0];
  }

  /** Whether nothing can be made of it: too many buckets, or too many values. */
  boolean isUseless() {
    return isTooFine() || series.isCrowded();
  }

  /** Whether the width is so small that there are more buckets than an answer may have. */
  boolean isTooFine() {
    return rows.size() > Histogram.MOST_BUCKETS;
  }

  boolean isEmpty() {
    return rows.isEmpty();
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

  /** Is told of each count. */
  @FunctionalInterface
  interface Visitor {
    void visit(long startMillis, int seriesNumber, long count);
  }

  void forEach(Visitor visitor) {
    rows.forEach(
        (bucket, counts) -> {
          for (int number = 0; number < counts.length; number++) {
            if (counts[number] > 0) {
              visitor.visit(width.start(bucket), number, counts[number]);
            }
          }
        });
  }
}
