package dev.logaggregator.subscription;

/** Offsets between two, both inclusive. */
record OffsetRange(long from, long to) {}
