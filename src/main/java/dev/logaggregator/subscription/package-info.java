/**
 * Subscriptions: cursors that the service keeps. At-least-once delivery, acknowledged one by one,
 * with several consumers sharing the work; pushed by the nested package.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "store",
      "filter",
      "event",
      "json",
      "listener",
      "memory",
      "request",
      "webhook",
      "worker"
    })
@org.jspecify.annotations.NullMarked
package dev.logaggregator.subscription;
