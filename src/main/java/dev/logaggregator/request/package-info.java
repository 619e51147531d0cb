/**
 * What controllers share beyond the servlet API: the parameters of a request, each of which must be
 * known and well formed, whether its client is still there, a document of JSON as its answer, and
 * failures that say how far a request got.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"event", "json"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.request;
