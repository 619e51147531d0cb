package dev.logaggregator.search;

import dev.logaggregator.json.Decimal;
import java.nio.charset.StandardCharsets;

/** Numbers among values that are text: what the filter language takes for one. */
final class NumberText {

  /** Longer ones have more digits than a double tells apart, and an exponent at most. */
  private static final int MOST_CHARACTERS = 400;

  private NumberText() {}

  /** The number that a text spells by JSON's grammar; NaN if it spells none. */
  static double parse(String text) {
    if (text.isEmpty() || text.length() > MOST_CHARACTERS || text.charAt(0) > '9') {
      return Double.NaN;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Decimal.isNumber(bytes, 0, bytes.length) ? Double.parseDouble(text) : Double.NaN;
  }
}
