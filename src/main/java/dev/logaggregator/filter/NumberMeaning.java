package dev.logaggregator.filter;

import dev.logaggregator.json.Decimal;
import org.jspecify.annotations.Nullable;

/** Which numbers pass a test, as an interval for each number of digits behind the point. */
final class NumberMeaning {

  static final NumberMeaning ALL = new NumberMeaning(Comparison.EQUAL, null, NumberInterval.ALL);
  static final NumberMeaning NONE =
      new NumberMeaning(Comparison.EQUAL, null, NumberInterval.NOTHING);

  private static final int SCALES = 20;

  private final Comparison comparison;
  private final @Nullable Decimal number;
  private final NumberInterval otherwise;

  /** Found when needed; by several threads perhaps, to the same effect. */
  private final @Nullable NumberInterval[] known = new NumberInterval[SCALES];

  private NumberMeaning(Comparison comparison, @Nullable Decimal number, NumberInterval otherwise) {
    this.comparison = comparison;
    this.number = number;
    this.otherwise = otherwise;
  }

  /** Those in that relation to a number; none if there is no number. */
  static NumberMeaning of(Comparison comparison, @Nullable Decimal number) {
    return new NumberMeaning(comparison, number, NumberInterval.NOTHING);
  }

  NumberInterval at(int scale) {
    if (number == null) {
      return otherwise;
    }
    NumberInterval interval = known[scale];
    if (interval == null) {
      interval = NumberInterval.of(comparison, number, scale);
      known[scale] = interval;
    }
    return interval;
  }
}
