package dev.logaggregator.store;

/**
 * How far a read came.
 *
 * @param position where to continue, exclusive. {@code ASC}: every event up to and including it was
 *     looked at. {@code DESC}: every event from it on was looked at
 * @param exhausted whether the read came to the end of what the log held when it began; otherwise
 *     the limit, the consumer or a cancellation ended it, or, {@code ASC}, the log dropped what was
 *     to come next: the next read's {@code oldest} then says so
 * @param scanned how many events were looked at or skipped by their block's summary
 * @param oldest the smallest offset that the log held when the read began: whoever asked for what
 *     came before it has missed it
 * @param scanNanos what it took of the scanners' time
 */
public record ReadResult(
    long position, boolean exhausted, long scanned, long oldest, long scanNanos) {}
