/**
 * How events lie in memory: the open segment that is appended to, raw segments as they were
 * written, sealed ones in compressed blocks, and the search in all of them. A segment is complete
 * in itself: it refers to its topics directly, by numbers that mean something within it only, so
 * that it can be read for as long as anybody holds it, whatever has become of it and its topics in
 * the log.
 */
@org.jspecify.annotations.NullMarked
package dev.logaggregator.store.segment;
