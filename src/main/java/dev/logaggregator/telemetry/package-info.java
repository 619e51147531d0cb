/**
 * What the service says about itself: meters, health, and a line in the log. Imported by nobody.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"event", "journal", "memory", "store", "worker"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.telemetry;
