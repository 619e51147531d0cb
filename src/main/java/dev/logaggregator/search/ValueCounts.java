package dev.logaggregator.search;

import dev.logaggregator.memory.Claim;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * How often each value occurs, in bounded memory: once there are too many values, those that are
 * new are counted as one. One thread at a time.
 */
public final class ValueCounts {

  private static final int MOST_VALUES = 100_000;

  /**
   * Of a value beside its characters: its entry in the table, the text and the count as objects.
   */
  private static final int BYTES_A_VALUE = 136;

  /** Claims grow by so much at a time. */
  private static final int CLAIMED_BYTES = 64 * 1024;

  /** Values may be as long as an event. */
  private static final long MOST_CHARACTERS = 8 << 20;

  /** A value and how often it occurs. */
  public record ValueCount(String value, long count) {

    static final Comparator<ValueCount> MOST_FREQUENT_FIRST =
        Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value);
  }

  private static final class Count {
    long value;
  }

  private final Map<String, Count> counts = new HashMap<>();
  private final Claim claim;
  private long bytes;
  private long characters;
  private long total;
  private boolean truncated;

  /**
   * @param claim on what it takes: where that can't grow, there are too many values
   */
  ValueCounts(Claim claim) {
    this.claim = claim;
  }

  void add(String value) {
    add(value, 1);
    total++;
  }

  private void add(String value, long occurrences) {
    Count count = counts.get(value);
    if (count == null) {
      if (!hasRoomFor(value)) {
        truncated = true;
        return;
      }
      characters += value.length();
      count = new Count();
      counts.put(value, count);
    }
    count.value += occurrences;
  }

  private boolean hasRoomFor(String value) {
    if (counts.size() >= MOST_VALUES || characters + value.length() > MOST_CHARACTERS) {
      return false;
    }
    bytes += BYTES_A_VALUE + 2L * value.length();
    return bytes <= claim.bytes()
        || claim.tryAtLeast(bytes + CLAIMED_BYTES)
        || claim.tryAtLeast(bytes);
  }

  /** All that was counted apart, as one. */
  static ValueCounts sum(List<ValueCounts> parts, Claim claim) {
    ValueCounts sum = new ValueCounts(claim);
    for (ValueCounts part : parts) {
      part.counts.forEach((value, count) -> sum.add(value, count.value));
      sum.total += part.total;
      sum.truncated |= part.truncated;
    }
    return sum;
  }

  /** Occurrences of all values, those that were not told apart included. */
  public long total() {
    return total;
  }

  /**
   * Whether there were more values than could be told apart. What is counted for one of them is
   * then the least that it occurs.
   */
  public boolean isTruncated() {
    return truncated;
  }

  /** The most frequent values, the most frequent first. */
  public List<ValueCount> mostFrequent(int limit) {
    var leastFirst = new PriorityQueue<>(ValueCount.MOST_FREQUENT_FIRST.reversed());
    counts.forEach(
        (value, count) -> {
          leastFirst.add(new ValueCount(value, count.value));
          if (leastFirst.size() > limit) {
            leastFirst.remove();
          }
        });
    return leastFirst.stream().sorted(ValueCount.MOST_FREQUENT_FIRST).toList();
  }
}
