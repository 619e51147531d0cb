/**
 * Questions to the log, without HTTP: pages, waiting for a match, counting by time and over fields,
 * and for how long a search may go on.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"store", "filter", "event", "json", "memory"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.search;
