/**
 * Every condition on events, compiled to one {@link dev.logaggregator.event.EventFilter}: the
 * parameters that all readers take, and the filter language {@code q} with its fields.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"event", "json"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.filter;
