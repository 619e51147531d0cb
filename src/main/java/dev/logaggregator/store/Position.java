package dev.logaggregator.store;

import org.jspecify.annotations.Nullable;

/**
 * Where a cursor leads in this log.
 *
 * @param offset to read after (or before), exclusive
 * @param gap what is gone between the cursor and that offset; null if nothing
 */
public record Position(long offset, @Nullable Gap gap) {}
