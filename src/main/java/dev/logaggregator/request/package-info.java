/**
 * What controllers share beyond the servlet API: the parameters of a request, each of which must be
 * known and well formed, whether its client is still there, how many of its kind there may be,
 * answers of JSON and of large events, which go out in parts, and failures that say how far a
 * request got.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"event", "json", "listener", "memory", "store"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.request;
