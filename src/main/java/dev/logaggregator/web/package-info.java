/**
 * What every route shares and none should care about: problem details for whatever goes wrong, the
 * guard against foreign web pages, security headers, and the description of the API. Imported by
 * nobody.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "event",
      "intake",
      "memory",
      "request",
      "store",
      "subscription",
      "worker"
    })
@org.jspecify.annotations.NullMarked
package dev.logaggregator.web;
