/**
 * {@code POST /publish}: content types in, events out, the receipt. Bytes are decoded where they
 * lie and become batches for the {@link dev.logaggregator.store.EventStore}.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"event", "json", "request", "store"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.publish;
