package dev.logaggregator.search;

/**
 * What is kept of a field's values to tell a {@link Function} of them. One thread at a time; what
 * was added apart can be merged.
 */
sealed interface Tally permits SumTally, QuantileTally, DistinctTally {

  /** Adds a value, as {@link Function#operand} has it. */
  void add(long operand);

  /** Adds all that another tally of the same function has; the other is not to be used again. */
  void merge(Tally other);

  /** The function's value, never infinite; NaN if nothing counted. */
  double value();

  /** Whether the value is an estimate. */
  boolean isApproximate();

  /** Memory that it takes at most now, in bytes. */
  int sizeBytes();
}
