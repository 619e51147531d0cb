/**
 * The connections of the HTTP port: how many there may be, how long a client may take over its
 * headers and its answers, and which of them go when there are too many.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"worker"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.listener;
