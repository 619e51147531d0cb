/// An idempotent consumer and deduplicating aggregator of published log events.
@NullMarked
package dev.logaggregator;

import org.jspecify.annotations.NullMarked;
