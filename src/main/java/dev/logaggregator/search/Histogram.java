package dev.logaggregator.search;

import dev.logaggregator.event.InvalidEventException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many events there were in each piece of time, without holes, as a chart needs it: from the
 * bucket of {@code since}, or of the first event, to that of {@code until}, or of the last event.
 */
public final class Histogram {

  /** More than any screen has columns. */
  static final int MOST_BUCKETS = 10_000;

  /** How many values may be told apart. */
  public static final int MOST_NAMES = Series.MOST;

  private final BucketWidth width;
  private final long firstBucket;
  private final @Nullable Bucket[] buckets;
  private final List<String> names;
  private final @Nullable Function function;
  private final boolean divided;
  private boolean truncated;

  private Histogram(
      BucketWidth width,
      long firstBucket,
      int buckets,
      List<String> names,
      @Nullable Function function,
      boolean divided) {
    this.width = width;
    this.firstBucket = firstBucket;
    this.buckets = new Bucket[buckets];
    this.names = names;
    this.function = function;
    this.divided = divided;
  }

  /**
   * Adds up what was counted apart, in the same way. The parts are not to be used again.
   *
   * @param limit how many values to name, those of the most events
   * @param room for what it takes
   * @throws InvalidEventException when that would be too many buckets
   */
  static Histogram of(List<BucketCounts> parts, HistogramRange range, int limit, Room room) {
    Bounds bounds = bounds(parts, range);
    Map<String, Long> sums = eventsByName(parts);
    List<String> names =
        sums.keySet().stream()
            .sorted(
                Comparator.comparingLong((String name) -> sums.getOrDefault(name, 0L))
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .limit(limit)
            .toList();
    BucketCounts any = parts.getFirst();
    Histogram histogram =
        new Histogram(
            bounds.width,
            bounds.width.bucket(bounds.firstMillis),
            bounds.buckets(),
            names,
            any.function(),
            any.series().by() != null);
    parts.forEach(part -> histogram.add(part, room));
    histogram.truncated = parts.stream().anyMatch(BucketCounts::isCut);
    return histogram;
  }

  /** A width and the times of which the buckets are written. */
  private record Bounds(BucketWidth width, long firstMillis, long lastMillis) {

    int buckets() {
      return firstMillis > lastMillis
          ? 0
          : (int) (width.bucket(lastMillis) - width.bucket(firstMillis) + 1);
    }
  }

  private static Bounds bounds(List<BucketCounts> parts, HistogramRange range) {
    long first = parts.stream().mapToLong(BucketCounts::minMillis).min().orElse(Long.MAX_VALUE);
    long last = parts.stream().mapToLong(BucketCounts::maxMillis).max().orElse(Long.MIN_VALUE);
    if (first > last) {
      BucketWidth width = range.width() == null ? BucketWidth.forRange(0) : range.width();
      return new Bounds(width, 0, -1);
    }
    first = range.since() == null ? first : Math.min(first, range.since().toEpochMilli());
    last =
        range.until() == null ? last : Math.max(last, range.until().minusNanos(1).toEpochMilli());
    BucketWidth width = range.width() == null ? BucketWidth.forRange(last - first) : range.width();
    if (parts.stream().anyMatch(BucketCounts::isTooFine)
        || width.bucket(last) - width.bucket(first) >= MOST_BUCKETS) {
      throw new InvalidEventException(
          "interval",
          "%s makes more than %d buckets between %s and %s: take a longer one, or since and until"
              .formatted(
                  width, MOST_BUCKETS, Instant.ofEpochMilli(first), Instant.ofEpochMilli(last)));
    }
    return new Bounds(width, first, last);
  }

  private static Map<String, Long> eventsByName(List<BucketCounts> parts) {
    Map<String, Long> sums = new HashMap<>();
    for (BucketCounts part : parts) {
      long[] events = part.eventsBySeries();
      for (int number = Series.FIRST; number < events.length; number++) {
        sums.merge(part.series().name(number), events[number], Long::sum);
      }
    }
    return sums;
  }

  private void add(BucketCounts part, Room room) {
    int[] numbers = new int[part.series().size()];
    numbers[Series.OTHER] = Series.OTHER;
    for (int number = Series.FIRST; number < numbers.length; number++) {
      int index = names.indexOf(part.series().name(number));
      numbers[number] = index < 0 ? Series.OTHER : Series.FIRST + index;
    }
    part.forEach(
        (startMillis, counted) -> {
          int index = (int) (width.bucket(startMillis) - firstBucket);
          Bucket bucket = buckets[index];
          if (bucket == null) {
            bucket = new Bucket(function, room);
            buckets[index] = bucket;
          }
          bucket.merge(counted, numbers);
        });
  }

  /** How long the time is that a bucket covers. */
  public BucketWidth width() {
    return width;
  }

  /** How many buckets there are. */
  public int size() {
    return buckets.length;
  }

  /** When a bucket begins. */
  public Instant start(int bucket) {
    return Instant.ofEpochMilli(width.start(firstBucket + bucket));
  }

  /** Whether the buckets are divided by values. */
  public boolean isDivided() {
    return divided;
  }

  /** Whether it is about figures instead of counts. */
  public boolean isMeasured() {
    return function != null;
  }

  /** The values that are told apart, those of the most events first. */
  public List<String> names() {
    return names;
  }

  /** What a bucket has of all events, of some values, or of none. */
  public record Part(long events, Figure figure) {

    static final Part EMPTY = new Part(0, Figure.NONE);
  }

  /** All events of a bucket. */
  public Part all(int bucket) {
    Bucket counted = buckets[bucket];
    return counted == null ? Part.EMPTY : new Part(counted.events(), counted.figure());
  }

  /** Those of a bucket that have a value, by its index among the names. */
  public Part named(int bucket, int name) {
    return part(bucket, Series.FIRST + name);
  }

  /** Those of a bucket that have a value which is not told apart. */
  public Part other(int bucket) {
    return part(bucket, Series.OTHER);
  }

  /** Those of a bucket that have no value. */
  public Part none(int bucket) {
    return part(bucket, Series.NONE);
  }

  private Part part(int bucket, int series) {
    Bucket counted = buckets[bucket];
    return counted == null ? Part.EMPTY : new Part(counted.events(series), counted.figure(series));
  }

  /**
   * Whether there was no room to measure something in each bucket, or an event had more values than
   * are counted.
   */
  public boolean isTruncated() {
    if (truncated) {
      return true;
    }
    for (Bucket bucket : buckets) {
      if (bucket != null && bucket.isTruncated()) {
        return true;
      }
    }
    return false;
  }
}
