/**
 * What a controller asks of a request beyond the servlet API: its parameters, each of which must be
 * known and well formed, and whether its client is still there.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"event"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.request;
