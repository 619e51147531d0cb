/**
 * {@code POST /publish}: what HTTP says of events becomes values for the room {@code intake}, and
 * its outcome the receipt.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"event", "intake", "json", "request", "store"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.publish;
