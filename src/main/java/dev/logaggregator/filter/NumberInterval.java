package dev.logaggregator.filter;

import dev.logaggregator.json.Decimal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * The numbers that stand in a relation to another, as whole numbers of some digits behind the
 * point: whatever is asked for, they are those from one number to another.
 *
 * @param from inclusive, as is {@code to}; greater than it if there are none
 */
record NumberInterval(long from, long to) {

  static final NumberInterval ALL = new NumberInterval(Long.MIN_VALUE, Long.MAX_VALUE);
  static final NumberInterval NOTHING = new NumberInterval(1, 0);

  /** Finds the bounds by comparing as events' numbers are compared. */
  static NumberInterval of(Comparison comparison, Decimal number, int scale) {
    return switch (comparison) {
      case EQUAL -> between(number, scale, order -> order >= 0, order -> order > 0);
      case LESS -> between(number, scale, order -> true, order -> order >= 0);
      case LESS_OR_EQUAL -> between(number, scale, order -> true, order -> order > 0);
      case GREATER -> between(number, scale, order -> order > 0, order -> false);
      case GREATER_OR_EQUAL -> between(number, scale, order -> order >= 0, order -> false);
    };
  }

  /** The numbers from the first of which one is true until the first of which the other is. */
  private static NumberInterval between(
      Decimal number, int scale, IntPredicate begins, IntPredicate ends) {
    if (!begins.test(order(number, Long.MAX_VALUE, scale))
        || ends.test(order(number, Long.MIN_VALUE, scale))) {
      return NOTHING;
    }
    long from = first(number, scale, begins);
    boolean endless = !ends.test(order(number, Long.MAX_VALUE, scale));
    long to = endless ? Long.MAX_VALUE : first(number, scale, ends) - 1;
    return new NumberInterval(from, to);
  }

  /** The least of which it is true; it is true of all that are greater, of the greatest one too. */
  private static long first(Decimal number, int scale, IntPredicate test) {
    long low = Long.MIN_VALUE;
    long high = Long.MAX_VALUE;
    while (low < high) {
      long middle = (low & high) + ((low ^ high) >> 1);
      if (test.test(order(number, middle, scale))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static int order(Decimal number, long digits, int scale) {
    byte[] text =
        BigDecimal.valueOf(digits, scale).toPlainString().getBytes(StandardCharsets.US_ASCII);
    return number.compareWith(text, 0, text.length);
  }
}
