package dev.logaggregator.filter;

import dev.logaggregator.event.EventColumn;
import dev.logaggregator.json.JsonEscapes;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Finds the rows that have certain values in a column. */
final class ColumnSearch {

  /** Where fewer of the rows are asked for, their values are looked at one by one. */
  private static final int FEW = 8;

  /** A test of a value where it lies: for strings with their quotes. */
  @FunctionalInterface
  interface Test {
    boolean test(byte[] bytes, int from, int to);
  }

  private ColumnSearch() {}

  /** Adds the asked rows that have a value which passes; each different value is asked once. */
  static void find(EventColumn column, BitSet asked, BitSet found, Test test) {
    int codes = column.codes();
    byte[] bytes = column.bytes();
    if (codes < column.size()) {
      BitSet passing = new BitSet(codes);
      for (int code = 0; code < codes; code++) {
        passing.set(code, test.test(bytes, column.start(code), column.end(code)));
      }
      addCodes(column, passing, asked, found);
      return;
    }
    int size = column.size();
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

  /**
   * The same.
   *
   * @param ofDigits finds the text in numbers; null if it isn't one of digits
   */
  static void findText(
      EventColumn column,
      BitSet asked,
      BitSet found,
      Needle needle,
      @Nullable DigitSearch ofDigits) {
    EventColumn.Digits digits = ofDigits == null ? null : column.digits();
    if (ofDigits == null || digits == null) {
      findText(column, asked, found, needle);
    } else {
      addCodes(column, ofDigits.find(digits), asked, found);
    }
  }

  /** Adds the asked rows that have a value in which a text occurs, as its escapes mean it. */
  static void findText(EventColumn column, BitSet asked, BitSet found, Needle needle) {
    int codes = column.codes();
    if (codes == 0) {
      return;
    }
    byte[] bytes = column.bytes();
    int from = column.start(0);
    int to = column.end(codes - 1);
    boolean few = asked.cardinality() < column.size() / FEW;
    if (few || JsonEscapes.next(bytes, from, to) < to) {
      find(column, asked, found, (json, start, end) -> occurs(needle, json, start, end));
      return;
    }
    addCodes(column, codesWith(column, bytes, to, needle), asked, found);
  }

  private static boolean occurs(Needle needle, byte[] json, int from, int to) {
    if (JsonEscapes.next(json, from, to) >= to) {
      return needle.endOf(json, from, to) >= 0;
    }
    byte[] meant = JsonEscapes.decode(json, from, to);
    return needle.endOf(meant, 0, meant.length) >= 0;
  }

  /**
   * Searches all values at once. What is found may begin in one value and end in another, so that
   * the one in which it ends is looked at again; those before it have nothing, else it would have
   * been found first.
   */
  private static BitSet codesWith(EventColumn column, byte[] bytes, int to, Needle needle) {
    int codes = column.codes();
    BitSet passing = new BitSet(codes);
    for (int code = 0; code < codes; code++) {
      int end = needle.endOf(bytes, column.start(code), to);
      if (end < 0) {
        return passing;
      }
      while (column.end(code) < end) {
        code++;
      }
      if (needle.endOf(bytes, column.start(code), column.end(code)) >= 0) {
        passing.set(code);
      }
    }
    return passing;
  }

  private static void addCodes(EventColumn column, BitSet passing, BitSet asked, BitSet found) {
    if (passing.isEmpty()) {
      return;
    }
    int[] codes = column.valueCodes();
    if (codes == null) {
      addValues(column, passing, asked, found);
      return;
    }
    long[] words = new long[(codes.length >> 6) + 1];
    boolean[] passes = new boolean[column.codes()];
    passing.stream().forEach(code -> passes[code] = true);
    for (int i = 0; i < codes.length; i++) {
      words[i >> 6] |= (passes[codes[i]] ? 1L : 0L) << i;
    }
    addValues(column, BitSet.valueOf(words), asked, found);
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
    if (from > numbers.most() || to < numbers.least() || from > to) {
      return;
    }
    if (from <= numbers.least() && to >= numbers.most()) {
      findAny(column, asked, found);
      return;
    }
    long[] values = numbers.values();
    long[] words = new long[(values.length >> 6) + 1];
    for (int i = 0; i < values.length; i++) {
      words[i >> 6] |= (values[i] >= from && values[i] <= to ? 1L : 0L) << i;
    }
    addCodes(column, BitSet.valueOf(words), asked, found);
  }

  /** Adds the asked rows that have any value in the column. */
  static void findAny(EventColumn column, BitSet asked, BitSet found) {
    BitSet all = new BitSet(column.size());
    all.set(0, column.size());
    addValues(column, all, asked, found);
  }

  /** Adds the asked rows of some values; the set of them is changed. */
  private static void addValues(EventColumn column, BitSet values, BitSet asked, BitSet found) {
    int[] rows = column.rows();
    BitSet ofRows = values;
    if (rows != null) {
      ofRows = new BitSet();
      for (int i = values.nextSetBit(0); i >= 0; i = values.nextSetBit(i + 1)) {
        ofRows.set(rows[i]);
      }
    }
    ofRows.and(asked);
    found.or(ofRows);
  }
}
