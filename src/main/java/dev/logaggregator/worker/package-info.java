/**
 * Threads that work for as long as the service runs, and are started again when they fail. Used by
 * every room that has such a thread. And the order in which threads take locks: {@link
 * dev.logaggregator.worker.LockRank}; and how one gives others their turn: {@link
 * dev.logaggregator.worker.CarrierYield}.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.worker;
