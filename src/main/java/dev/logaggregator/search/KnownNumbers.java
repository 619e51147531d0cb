package dev.logaggregator.search;

import dev.logaggregator.filter.ValueTarget;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What values are called that differ from one another in a number only, so that they need neither
 * be spelled nor looked up: of a few forms, and of numbers that are not too large. One thread at a
 * time.
 */
final class KnownNumbers {

  private static final int MOST_FORMS = 8;
  private static final int MOST_NUMBERS = 1 << 20;

  /** In tables, what a value is called is this much higher; 0 is for those not known. */
  private static final int ABOVE = 2;

  private final Room room;
  private final Map<String, int[]> tables = new HashMap<>();
  private String lastForm = "";
  private int[] last = {};

  /**
   * @param room for the tables; where there is none, values are not known
   */
  KnownNumbers(Room room) {
    this.room = room;
  }

  /** What the value is called; {@link ValueTarget#NOT_TOLD} if that isn't known. */
  int find(String form, long number) {
    int[] table = table(form);
    int called = number >= 0 && number < table.length ? table[(int) number] : 0;
    return called == 0 ? ValueTarget.NOT_TOLD : called - ABOVE;
  }

  /**
   * Remembers what a value is called.
   *
   * @param called -1 at least
   */
  void put(String form, long number, int called) {
    if (number >= 0 && number < MOST_NUMBERS && called + ABOVE > 0) {
      int[] table = grown(form, table(form), (int) number);
      if (number < table.length) {
        table[(int) number] = called + ABOVE;
      }
    }
  }

  private int[] table(String form) {
    if (!form.equals(lastForm)) {
      last = tables.getOrDefault(form, new int[0]);
    }
    // The same object is told equal at once.
    lastForm = form;
    return last;
  }

  private int[] grown(String form, int[] table, int number) {
    int length = Math.max(64, Integer.highestOneBit(number) * 2);
    boolean few = tables.containsKey(form) || tables.size() < MOST_FORMS;
    if (number < table.length
        || !few
        || !room.tryTake((long) Integer.BYTES * (length - table.length))) {
      return table;
    }
    int[] larger = Arrays.copyOf(table, length);
    tables.put(form, larger);
    last = larger;
    return larger;
  }
}
