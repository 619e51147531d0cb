/**
 * What controllers share beyond the servlet API: the parameters of a request, each of which must be
 * known and well formed, whether its client is still there, and a document of JSON as its answer.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"event", "json"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.request;
