/**
 * What the log amounts to: {@code /stats}, its histogram, fields and their values, and {@code
 * /topics}.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"search", "store", "filter", "event", "json", "memory", "request"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.stats;
