/**
 * Where accepted events are put in order and made durable: the {@link
 * dev.logaggregator.journal.Journal} interface, and a nested package for each adapter.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"event", "worker"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.journal;
