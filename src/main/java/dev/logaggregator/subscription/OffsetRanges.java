package dev.logaggregator.subscription;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * A set of offsets, kept as ranges. Everything up to {@link #floor} is in it, so that it takes as
 * little memory as there are holes above that.
 */
final class OffsetRanges {

  /** What a range takes: a tree node, and two numbers. */
  static final int BYTES_PER_RANGE = 40 + 2 * 24;

  /** From the first offset of a range to its last; the first range starts before every offset. */
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  OffsetRanges(long floor) {
    reset(floor);
  }

  /** Makes it the set of all offsets up to there. */
  void reset(long floor) {
    ranges.clear();
    ranges.put(Long.MIN_VALUE, floor);
  }

  /** Every offset up to and including this one is in the set, the next one isn't. */
  long floor() {
    return ranges.firstEntry().getValue();
  }

  /** The largest offset in the set. */
  long last() {
    return ranges.lastEntry().getValue();
  }

  boolean contains(long offset) {
    return ranges.floorEntry(offset).getValue() >= offset;
  }

  /** Adds all offsets between two, both inclusive. */
  void add(long from, long to) {
    Map.Entry<Long, Long> before = ranges.floorEntry(from);
    long start = before.getValue() >= from - 1 ? before.getKey() : from;
    long end = Math.max(to, before.getValue());
    for (var next = ranges.higherEntry(start);
        next != null && next.getKey() <= end + 1;
        next = ranges.higherEntry(start)) {
      end = Math.max(end, next.getValue());
      ranges.remove(next.getKey());
    }
    ranges.put(start, end);
  }

  /** Takes one offset out. */
  void remove(long offset) {
    Map.Entry<Long, Long> range = ranges.floorEntry(offset);
    long end = range.getValue();
    if (end < offset) {
      return;
    }
    if (range.getKey() == offset) {
      ranges.remove(offset);
    } else {
      ranges.put(range.getKey(), offset - 1);
    }
    if (end > offset) {
      ranges.put(offset + 1, end);
    }
  }

  /**
   * Whether an offset after that one is in the set, as it is now: the answer may be asked for
   * without the lock that this set needs.
   */
  LongPredicate after(long offset) {
    if (last() <= offset) {
      return other -> false;
    }
    var later = ranges.tailMap(ranges.floorKey(offset), true);
    long[] from = later.keySet().stream().mapToLong(Long::longValue).toArray();
    long[] to = later.values().stream().mapToLong(Long::longValue).toArray();
    return other -> {
      int found = Arrays.binarySearch(from, other);
      return found >= 0 || to[-found - 2] >= other;
    };
  }

  /** How many ranges there are. */
  int size() {
    return ranges.size();
  }
}
