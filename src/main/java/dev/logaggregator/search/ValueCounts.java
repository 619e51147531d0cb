package dev.logaggregator.search;

import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.filter.ValueTarget;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How often each value of a field occurs, and a {@link Measure} of the events that have it, in
 * bounded memory: once there are too many values, those that are new are counted as one, and a
 * measure that there is no room for is given up. One thread at a time.
 */
public final class ValueCounts implements EventCounter {

  private static final int MOST_VALUES = 100_000;

  /** Values may be as long as an event. */
  private static final long MOST_BYTES = 8 << 20;

  /**
   * A value and how often it occurs.
   *
   * @param figure what was measured of the events that have it
   */
  public record ValueCount(String value, long count, Figure figure) {}

  /** By what values are put in order, the largest first. */
  public enum Sort {
    COUNT,
    VALUE
  }

  private final FieldReader field;
  private final TextTable values;
  private final int longest;
  private final boolean open;
  private final KnownNumbers known;
  private final RowGroups groups = new RowGroups();
  private final ValueTarget counted =
      new ValueTarget() {
        @Override
        public int number(byte[] text, int from, int to) {
          return ValueCounts.this.number(text, from, to);
        }

        @Override
        public int known(String form, long number) {
          return known.find(form, number);
        }

        @Override
        public void remember(String form, long number, int called) {
          known.put(form, number, called);
        }

        @Override
        public void value(int row, int number) {
          count(number, 1);
        }

        @Override
        public boolean isOnlyCounting() {
          return true;
        }

        @Override
        public void occurs(int number, int times) {
          count(number, times);
        }
      };
  private final @Nullable Operands operands;
  private final @Nullable Tallies tallies;
  private long[] counts = new long[16];
  private long total;
  private boolean truncated;

  private ValueCounts(
      FieldReader field, @Nullable Measure measure, Room room, int longest, boolean open) {
    this.field = field;
    this.values = new TextTable(room, MOST_VALUES, MOST_BYTES);
    this.known = new KnownNumbers(room);
    this.longest = longest;
    this.operands = measure == null ? null : new Operands(measure);
    this.tallies = measure == null ? null : new Tallies(measure.function(), room);
    this.open = open;
  }

  /**
   * Counts all values.
   *
   * @param room for what it takes: where there is none, there are too many values
   */
  static ValueCounts of(FieldReader field, @Nullable Measure measure, Room room) {
    return new ValueCounts(field, measure, room, Integer.MAX_VALUE, true);
  }

  /** Counts values of up to so many bytes. */
  static ValueCounts ofShort(FieldReader field, int longest, Room room) {
    return new ValueCounts(field, null, room, longest, true);
  }

  /** Counts only these apart. */
  static ValueCounts ofChosen(FieldReader field, Measure measure, List<String> chosen, Room room) {
    ValueCounts counts = new ValueCounts(field, measure, room, Integer.MAX_VALUE, false);
    chosen.forEach(value -> counts.grow(counts.values.number(value)));
    return counts;
  }

  @Override
  public void count(FoundEvents events) {
    if (operands == null || tallies == null) {
      events.read(field, counted);
      return;
    }
    groups.read(events, field, this::number);
    for (int row = events.next(0); row >= 0; row = events.next(row + 1)) {
      groups.forEach(row, number -> count(number, 1));
    }
    operands.read(
        events, (row, operand) -> groups.forEach(row, number -> measure(tallies, number, operand)));
    truncated |= groups.isCut() || operands.isCut();
  }

  private static void measure(Tallies tallies, int number, long operand) {
    if (number >= 0) {
      tallies.add(number, operand);
    }
  }

  private int number(byte[] text, int from, int to) {
    if (!open) {
      return values.find(text, from, to);
    }
    if (to - from > longest) {
      return TextTable.NONE;
    }
    int number = values.number(text, from, to);
    truncated |= number < 0;
    return grow(number);
  }

  private int grow(int number) {
    if (number >= counts.length) {
      counts = Arrays.copyOf(counts, 2 * counts.length);
    }
    return number;
  }

  private void count(int number, int times) {
    total += times;
    if (number >= 0) {
      counts[number] += times;
    }
  }

  @Override
  public boolean isUseless() {
    return false;
  }

  /** All that was counted apart, as one; the parts are not to be used again. */
  static ValueCounts sum(List<ValueCounts> parts) {
    ValueCounts sum = parts.getFirst();
    parts.stream().skip(1).forEach(sum::add);
    return sum;
  }

  private void add(ValueCounts other) {
    total += other.total;
    truncated |= other.truncated;
    for (int theirs = 0; theirs < other.values.size(); theirs++) {
      int number = grow(other.values.numberIn(values, theirs));
      if (number < 0) {
        truncated = true;
        continue;
      }
      counts[number] += other.counts[theirs];
      if (tallies != null && other.tallies != null) {
        tallies.merge(number, other.tallies, theirs);
      }
    }
  }

  /** Says of these that others were not told apart. */
  ValueCounts truncated() {
    truncated = true;
    return this;
  }

  /** Occurrences of all values, those that were not told apart included. */
  public long total() {
    return total;
  }

  /**
   * Whether there were more values than could be told apart, or not the room to measure each. What
   * is counted for one of them is then the least that it occurs.
   */
  public boolean isTruncated() {
    return truncated || (tallies != null && tallies.isTruncated());
  }

  /** The first values in an order, equal ones by name. */
  public List<ValueCount> first(int limit, Sort sort) {
    double[] keys = IntStream.range(0, values.size()).mapToDouble(n -> key(n, sort)).toArray();
    Comparator<Integer> order =
        Comparator.comparingDouble((Integer number) -> keys[number])
            .reversed()
            .thenComparing(Comparator.comparingLong((Integer number) -> counts[number]).reversed())
            .thenComparing(values::compare);
    var lastFirst = new PriorityQueue<>(order.reversed());
    for (int number = 0; number < values.size(); number++) {
      if (counts[number] > 0) {
        lastFirst.add(number);
        if (lastFirst.size() > limit) {
          lastFirst.remove();
        }
      }
    }
    return lastFirst.stream().sorted(order).map(this::valueCount).toList();
  }

  /** What has no figure comes last. */
  private double key(int number, Sort sort) {
    if (sort == Sort.COUNT) {
      return counts[number];
    }
    Figure figure = figure(number);
    return figure.isPresent() ? figure.value() : Double.NEGATIVE_INFINITY;
  }

  /** The most frequent values. */
  List<String> names(int limit) {
    return first(limit, Sort.COUNT).stream().map(ValueCount::value).toList();
  }

  private ValueCount valueCount(int number) {
    return new ValueCount(values.text(number), counts[number], figure(number));
  }

  private Figure figure(int number) {
    return tallies == null ? Figure.NONE : tallies.figure(number);
  }
}
