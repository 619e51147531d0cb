package dev.logaggregator.search;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

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

  /** Always the same, so that the same values are always estimated to be as many. */
  private static final Hasher64 HASHER = Hashing.komihash5_0();

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
    long hash = HASHER.hashBytesToLong(text, from, to - from);
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
