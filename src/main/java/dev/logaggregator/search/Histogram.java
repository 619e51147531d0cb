package dev.logaggregator.search;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.JsonBuffer;
import java.io.Flushable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How many events there were in each piece of time, without holes, as a chart needs it: from the
 * bucket of {@code since}, or of the first event, to that of {@code until}, or of the last event.
 */
public final class Histogram {

  /** More than any screen has columns. */
  static final int MOST_BUCKETS = 10_000;

  private final BucketWidth width;
  private final long firstBucket;
  private final long[][] counts;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  private Histogram(BucketWidth width, long firstBucket, int buckets) {
    this.width = width;
    this.firstBucket = firstBucket;
    this.counts = new long[buckets][];
  }

  /**
   * Adds up what was counted apart.
   *
   * @param wanted the width; null for one that fits
   * @param since where to begin; null for the first event
   * @param until where to end, exclusive; null for the last event
   * @throws InvalidEventException when that would be too many buckets
   */
  public static Histogram of(
      List<BucketCounts> parts,
      @Nullable BucketWidth wanted,
      @Nullable Instant since,
      @Nullable Instant until) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    boolean tooFine = false;
    for (BucketCounts part : parts) {
      first = Math.min(first, part.minMillis());
      last = Math.max(last, part.maxMillis());
      tooFine |= part.isTooFine();
    }
    if (first > last) {
      return new Histogram(wanted == null ? BucketWidth.forRange(0) : wanted, 0, 0);
    }
    first = since == null ? first : Math.min(first, since.toEpochMilli());
    last = until == null ? last : Math.max(last, until.minusNanos(1).toEpochMilli());
    BucketWidth width = wanted == null ? BucketWidth.forRange(last - first) : wanted;
    long buckets = width.bucket(last) - width.bucket(first) + 1;
    if (tooFine || buckets > MOST_BUCKETS) {
      throw new InvalidEventException(
          "interval",
          "%s makes more than %d buckets between %s and %s: take a longer one, or since and until"
              .formatted(
                  width, MOST_BUCKETS, Instant.ofEpochMilli(first), Instant.ofEpochMilli(last)));
    }
    Histogram histogram = new Histogram(width, width.bucket(first), (int) buckets);
    parts.forEach(histogram::add);
    return histogram;
  }

  private void add(BucketCounts part) {
    part.forEach(
        (startMillis, seriesNumber, count) -> {
          int number = number(part.series().names().get(seriesNumber));
          int bucket = (int) (width.bucket(startMillis) - firstBucket);
          long[] row = counts[bucket];
          if (row == null || row.length <= number) {
            long[] longer = new long[Math.max(number + 1, names.size())];
            if (row != null) {
              System.arraycopy(row, 0, longer, 0, row.length);
            }
            counts[bucket] = row = longer;
          }
          row[number] += count;
        });
  }

  private int number(String name) {
    Integer number = numbers.get(name);
    if (number == null) {
      number = names.size();
      numbers.put(name, number);
      names.add(name);
    }
    return number;
  }

  /**
   * @param divided whether to name the values that the counts are divided by
   * @param incomplete whether not all events were counted, since the time was over
   * @param endOfPart is flushed after each bucket
   */
  public void write(JsonBuffer json, boolean divided, boolean incomplete, Flushable endOfPart)
      throws IOException {
    int[] order = divided ? largestFirst() : new int[0];
    json.ascii("{\"interval\":").string(width.toString()).ascii(",\"buckets\":[");
    for (int i = 0; i < counts.length; i++) {
      long[] row = counts[i] == null ? new long[0] : counts[i];
      long startMillis = width.start(firstBucket + i);
      json.ascii(i == 0 ? "{\"start\":" : ",{\"start\":");
      json.timestamp(Instant.ofEpochMilli(startMillis));
      json.ascii(",\"count\":").number(IntStream.range(0, row.length).mapToLong(n -> row[n]).sum());
      if (divided) {
        writeDivision(json, row, order);
      }
      json.put('}');
      endOfPart.flush();
    }
    json.put(']');
    if (incomplete) {
      json.ascii(",\"incomplete\":\"timeout\"");
    }
    json.put('}');
  }

  private void writeDivision(JsonBuffer json, long[] row, int[] order) {
    json.ascii(",\"by\":{");
    String separator = "";
    for (int number : order) {
      if (number < row.length && row[number] > 0) {
        json.ascii(separator).string(names.get(number)).put(':').number(row[number]);
        separator = ",";
      }
    }
    json.put('}');
  }

  /** So that a chart stacks them in the same order everywhere. */
  private int[] largestFirst() {
    long[] totals = new long[names.size()];
    for (long[] row : counts) {
      for (int number = 0; row != null && number < row.length; number++) {
        totals[number] += row[number];
      }
    }
    return IntStream.range(0, totals.length)
        .boxed()
        .sorted(
            Comparator.comparingLong((Integer number) -> totals[number])
                .reversed()
                .thenComparing(names::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
