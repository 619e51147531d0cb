package dev.logaggregator.search;

import dev.logaggregator.json.Decimal;
import dev.logaggregator.json.JsonBuffer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Numbers among values that are text: what the filter language takes for one, as a double. */
final class NumberText {

  /** All whole numbers of so many digits are doubles, and so are these powers of ten. */
  private static final int EXACT_DIGITS = 15;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private static final long MOST_EXACT = 1_000_000_000_000_000L;

  private static final double LARGEST_WHOLE = 1L << 53;

  private NumberText() {}

  /**
   * The number that a text spells by JSON's grammar, the largest double for one that is beyond it;
   * NaN if it spells none.
   */
  static double parse(byte[] text, int from, int to) {
    if (from == to || text[from] > '9' || !Decimal.isNumber(text, from, to)) {
      return Double.NaN;
    }
    if (to - from <= EXACT_DIGITS) {
      double number = parsePlain(text, from, to);
      if (!Double.isNaN(number)) {
        return number;
      }
    }
    return bounded(
        Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII)));
  }

  /** The number {@code digits / 10^scale}: the same as of a text that spells it. */
  static double number(long digits, int scale) {
    return scale <= EXACT_DIGITS && Math.abs(digits) < MOST_EXACT
        ? digits / POWERS[scale]
        : BigDecimal.valueOf(digits, scale).doubleValue();
  }

  /** Few digits are a whole number, divided by a power of ten once; NaN if there is an exponent. */
  private static double parsePlain(byte[] text, int from, int to) {
    int start = text[from] == '-' ? from + 1 : from;
    long digits = 0;
    int point = to - 1;
    for (int at = start; at < to; at++) {
      byte b = text[at];
      if (b == '.') {
        point = at;
      } else if (b > '9') {
        return Double.NaN;
      } else {
        digits = digits * 10 + b - '0';
      }
    }
    double number = digits / POWERS[to - 1 - point];
    return start == from ? number : -number;
  }

  /** The nearest number that JSON can have. */
  static double bounded(double number) {
    return Math.clamp(number, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** Whether a number stands for all those that are larger as well. */
  static boolean isBound(double number) {
    return Math.abs(number) == Double.MAX_VALUE;
  }

  /** Writes a number that is finite, whole ones without a point. */
  static void write(JsonBuffer json, double number) {
    if (number == Math.rint(number) && Math.abs(number) <= LARGEST_WHOLE) {
      json.number((long) number);
    } else {
      json.ascii(Double.toString(number));
    }
  }
}
