package dev.logaggregator.subscription.push;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A push that was tried.
 *
 * @param status of the response; 0 if there was none
 * @param error why it failed; null if it didn't
 */
record Attempt(
    Instant at, long offset, int delivery, int status, Duration took, @Nullable String error) {}
