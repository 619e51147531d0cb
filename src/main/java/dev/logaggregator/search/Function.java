package dev.logaggregator.search;

/** A number that is made of the values of a field. */
public enum Function {
  MIN,
  MAX,
  SUM,
  AVG,
  P50(0.5),
  P90(0.9),
  P95(0.95),
  P99(0.99),
  /** How many different values there are, numbers or not. */
  UNIQUE;

  /** Instead of an operand: the value doesn't count. */
  static final long NO_OPERAND = Double.doubleToLongBits(Double.NaN);

  private final double rank;

  Function() {
    this(Double.NaN);
  }

  Function(double rank) {
    this.rank = rank;
  }

  /** What a tally for this function takes of a value: the bits of a double, or a hash. */
  long operand(byte[] text, int from, int to) {
    return this == UNIQUE
        ? hash(text, from, to)
        : Double.doubleToLongBits(NumberText.parse(text, from, to));
  }

  /** A value as {@link #UNIQUE} takes it. */
  static long hash(byte[] text, int from, int to) {
    return operand(ValueHash.of(text, from, to));
  }

  /** The same of a text that spells {@code digits / 10^scale}. */
  static long hash(long digits, int scale) {
    return operand(ValueHash.of(digits, scale));
  }

  private static long operand(long hash) {
    return hash == NO_OPERAND ? 0 : hash;
  }

  /** An empty tally of operands for this function. */
  Tally tally() {
    return switch (this) {
      case MIN, MAX, SUM, AVG -> new SumTally(this);
      case P50, P90, P95, P99 -> new QuantileTally(rank);
      case UNIQUE -> new DistinctTally();
    };
  }
}
