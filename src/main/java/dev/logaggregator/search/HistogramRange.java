package dev.logaggregator.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From when to when a histogram reaches, and in what steps.
 *
 * @param width of a bucket; null for one that fits
 * @param since where to begin; null for the first event
 * @param until where to end, exclusive; null for the last event
 */
public record HistogramRange(
    @Nullable BucketWidth width, @Nullable Instant since, @Nullable Instant until) {}
