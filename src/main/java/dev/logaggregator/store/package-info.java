/**
 * The log in memory: one {@link dev.logaggregator.store.EventStore}, its topic logs and counters,
 * deduplication, retention, and what readers see of it.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"event", "journal", "json", "memory", "worker"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.store;
