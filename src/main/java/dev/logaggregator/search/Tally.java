package dev.logaggregator.search;

/**
 * What is kept of a field's values to tell a {@link Function} of them. One thread at a time; what
 * was added apart can be merged.
 */
sealed interface Tally permits SumTally, QuantileTally, DistinctTally {

  /** Adds a value as it is written, if it is of the kind that counts. */
  void add(String value);

  /** Adds all that another tally of the same function has. */
  void merge(Tally other);

  /** The function's value; NaN if nothing counted. */
  double value();

  /** Whether the value is an estimate. */
  boolean isApproximate();

  /** Memory that it takes at most now, in bytes. */
  int sizeBytes();
}
