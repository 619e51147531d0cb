package dev.logaggregator.search;

import java.util.Locale;

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

  private final double rank;

  Function() {
    this(Double.NaN);
  }

  Function(double rank) {
    this.rank = rank;
  }

  /** As it is asked for. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** An empty tally of values for this function. */
  Tally tally() {
    return switch (this) {
      case MIN, MAX, SUM, AVG -> new SumTally(this);
      case P50, P90, P95, P99 -> new QuantileTally(rank);
      case UNIQUE -> new DistinctTally();
    };
  }
}
