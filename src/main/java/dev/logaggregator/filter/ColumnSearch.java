package dev.logaggregator.filter;

import dev.logaggregator.event.EventColumn;
import java.util.BitSet;

/** Finds the rows that have certain values in a column. */
final class ColumnSearch {

  /** A test of a value where it lies: for strings with their quotes. */
  @FunctionalInterface
  interface Test {
    boolean test(byte[] bytes, int from, int to);
  }

  private ColumnSearch() {}

  /** Adds the asked rows that have a value which passes; each different value is asked once. */
  static void find(EventColumn column, BitSet asked, BitSet found, Test test) {
    int size = column.size();
    int codes = column.codes();
    if (codes < size) {
      boolean[] passing = new boolean[codes];
      for (int code = 0; code < codes; code++) {
        passing[code] = test.test(column.bytes(), column.start(code), column.end(code));
      }
      for (int i = 0; i < size; i++) {
        if (passing[column.code(i)]) {
          add(column.row(i), asked, found);
        }
      }
      return;
    }
    byte[] bytes = column.bytes();
    for (int i = 0; i < size; i++) {
      int row = column.row(i);
      if (asked.get(row)) {
        int code = column.code(i);
        if (test.test(bytes, column.start(code), column.end(code))) {
          found.set(row);
        }
      }
    }
  }

  /** Adds the asked rows that have a number in an interval. */
  static void findNumbers(
      EventColumn column,
      EventColumn.Numbers numbers,
      NumberInterval taken,
      BitSet asked,
      BitSet found) {
    long from = taken.from();
    long to = taken.to();
    boolean all = from <= numbers.least() && to >= numbers.most();
    if (from > numbers.most() || to < numbers.least() || from > to) {
      return;
    }
    long[] values = all ? new long[0] : numbers.values();
    int size = column.size();
    for (int i = 0; i < size; i++) {
      if (all) {
        add(column.row(i), asked, found);
        continue;
      }
      long value = values[column.code(i)];
      if (value >= from && value <= to) {
        add(column.row(i), asked, found);
      }
    }
  }

  /** Adds the asked rows that have any value in the column. */
  static void findAny(EventColumn column, BitSet asked, BitSet found) {
    int size = column.size();
    for (int i = 0; i < size; i++) {
      add(column.row(i), asked, found);
    }
  }

  private static void add(int row, BitSet asked, BitSet found) {
    if (asked.get(row)) {
      found.set(row);
    }
  }
}
