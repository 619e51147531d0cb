package dev.logaggregator.search;

import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.filter.ValueTarget;
import java.util.Arrays;

/**
 * Which values of a field each of some events has, by number: a list for each row, in the order in
 * which they were told. Of an event not more than {@value #MOST_A_ROW} are kept, so that one with
 * an array of a million elements takes neither memory nor, for each of them, time; of a row group
 * not more than its bytes can have. One thread at a time.
 */
final class RowGroups {

  static final int MOST_A_ROW = 256;

  /** How many values there is room for between two readings; a few for each row of a group. */
  private static final int KEPT = 16 * 1024;

  private static final int END = -1;

  /** Gives values their numbers. */
  @FunctionalInterface
  interface Numbers {

    /** See {@link ValueTarget#number}; a negative number is kept like every other. */
    int number(byte[] text, int from, int to);
  }

  /** Takes the number of a value that a row has. */
  @FunctionalInterface
  interface Action {
    void accept(int number);
  }

  private int[] first = new int[1];
  private int[] last = new int[1];
  private int[] lengths = new int[1];
  private int[] next = new int[4];
  private int[] numbers = new int[4];
  private int size;
  private boolean cut;

  /** Forgets what it had, and reads the field of other events. */
  void read(FoundEvents events, FieldReader field, Numbers numbering) {
    size = 0;
    if (numbers.length > KEPT) {
      numbers = new int[KEPT];
      next = new int[KEPT];
    }
    if (first.length < events.rows()) {
      first = new int[events.rows()];
      last = new int[events.rows()];
      lengths = new int[events.rows()];
    }
    Arrays.fill(first, 0, events.rows(), END);
    Arrays.fill(lengths, 0, events.rows(), 0);
    events.read(
        field,
        new ValueTarget() {
          @Override
          public int number(byte[] text, int from, int to) {
            return numbering.number(text, from, to);
          }

          @Override
          public void value(int row, int number) {
            add(row, number);
          }
        });
  }

  private void add(int row, int number) {
    if (lengths[row] == MOST_A_ROW) {
      cut = true;
      return;
    }
    lengths[row]++;
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      next = Arrays.copyOf(next, 2 * size);
    }
    numbers[size] = number;
    next[size] = END;
    if (first[row] == END) {
      first[row] = size;
    } else {
      next[last[row]] = size;
    }
    last[row] = size++;
  }

  /** Whether an event had more values than are kept. */
  boolean isCut() {
    return cut;
  }

  /** Whether the row has no value. */
  boolean isEmpty(int row) {
    return first[row] == END;
  }

  /** Calls the action with each of the row's values. */
  void forEach(int row, Action action) {
    for (int at = first[row]; at != END; at = next[at]) {
      action.accept(numbers[at]);
    }
  }
}
