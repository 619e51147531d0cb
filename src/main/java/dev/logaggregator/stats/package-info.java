/**
 * What the log amounts to: {@code /stats}, its histogram and its most frequent values, and {@code
 * /topics}.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"store", "filter", "event", "json", "request"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.stats;
