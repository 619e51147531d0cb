/**
 * Threads that work for as long as the service runs, and are started again when they fail. Used by
 * every room that has such a thread.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.worker;
