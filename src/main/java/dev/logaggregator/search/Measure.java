package dev.logaggregator.search;

import dev.logaggregator.filter.FieldReader;

/**
 * A number that is asked for instead of a count.
 *
 * @param of the field of whose values it is made
 */
public record Measure(FieldReader of, Function function) {}
