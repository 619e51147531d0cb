package dev.logaggregator.subscription;

import dev.logaggregator.store.Gap;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer has taken.
 *
 * @param count how many deliveries
 * @param mayHaveMore whether it is worth to try again at once
 * @param gap what the subscription has missed; null if nothing
 */
public record Taken(int count, boolean mayHaveMore, @Nullable Gap gap) {}
