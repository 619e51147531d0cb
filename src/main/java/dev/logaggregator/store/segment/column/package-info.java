/**
 * Sealed segments in columns: how events are taken apart, written as bytes and put together again.
 * Knows nothing of the store's state. The form is described in {@code docs/segment-format.md}.
 */
@org.jspecify.annotations.NullMarked
package dev.logaggregator.store.segment.column;
