package dev.logaggregator.filter;

/**
 * How many terms a query has, for what they share. They are made while it is being counted, and
 * come to ask when all are. Written by who parses, before others see it.
 */
final class TermCount {

  private int terms;

  /** One more; how many there are with it. */
  int increment() {
    return ++terms;
  }

  /** How many there are, one at least. */
  int value() {
    return Math.max(1, terms);
  }
}
