package dev.logaggregator.search;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was counted in a piece of time, by the numbers of a {@link Series}: events for each value,
 * and a measure of them. An event with several values is in the count of each of them.
 */
final class Bucket {

  /** The bucket, in its table. */
  private static final int BYTES = 112;

  /** What it has tallies in. */
  private static final int TALLIES_BYTES = 160;

  /** The number under which tallies have all events; after it, those of the series. */
  private static final int ALL = 0;

  private final Room room;
  private final @Nullable Tallies tallies;
  private long count;
  private long[] counts = {};

  /**
   * @param function of what is measured; null if nothing is
   * @param room for all that it takes
   */
  Bucket(@Nullable Function function, Room room) {
    room.take(BYTES + (function == null ? 0 : TALLIES_BYTES));
    this.room = room;
    this.tallies = function == null ? null : new Tallies(function, room);
  }

  /** Gives back what it took; there are no tallies to be given back. */
  void close() {
    room.giveBack(BYTES + (long) Long.BYTES * counts.length);
  }

  void count() {
    count++;
  }

  void count(int series) {
    add(series, 1);
  }

  private void add(int series, long events) {
    if (series >= counts.length) {
      int length = Math.max(series + 1, 2 * counts.length);
      room.take((long) Long.BYTES * (length - counts.length));
      counts = Arrays.copyOf(counts, length);
    }
    counts[series] += events;
  }

  /** Measures something of an event. */
  void measure(long operand) {
    if (tallies != null) {
      tallies.add(ALL, operand);
    }
  }

  /** Measures something of an event that has this value. */
  void measure(int series, long operand) {
    if (tallies != null) {
      tallies.add(1 + series, operand);
    }
  }

  /**
   * Adds another bucket, which is not to be used again.
   *
   * @param renumbered by their numbers, ours
   */
  void merge(Bucket other, int[] renumbered) {
    count += other.count;
    merge(ALL, other, ALL);
    for (int series = 0; series < other.counts.length; series++) {
      if (other.counts[series] > 0) {
        add(renumbered[series], other.counts[series]);
        merge(1 + renumbered[series], other, 1 + series);
      }
    }
  }

  private void merge(int number, Bucket other, int theirNumber) {
    if (tallies != null && other.tallies != null) {
      tallies.merge(number, other.tallies, theirNumber);
    }
  }

  /** All events. */
  long events() {
    return count;
  }

  /** Events that have this value. */
  long events(int series) {
    return series < counts.length ? counts[series] : 0;
  }

  /** What was measured of all events. */
  Figure figure() {
    return tallies == null ? Figure.NONE : tallies.figure(ALL);
  }

  /** What was measured of those that have this value. */
  Figure figure(int series) {
    return tallies == null ? Figure.NONE : tallies.figure(1 + series);
  }

  boolean isTruncated() {
    return tallies != null && tallies.isTruncated();
  }
}
