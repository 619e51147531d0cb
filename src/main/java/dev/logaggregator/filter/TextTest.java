package dev.logaggregator.filter;

/** A condition on a text, given as UTF-8 without escapes. */
@FunctionalInterface
interface TextTest {

  boolean test(byte[] text, int from, int to);
}
