/**
 * {@code GET /events}: the log, read by cursor, as a page of JSON, as a download of NDJSON, and by
 * long poll.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "search",
      "store",
      "filter",
      "event",
      "json",
      "request",
      "listener",
      "memory"
    })
@org.jspecify.annotations.NullMarked
package dev.logaggregator.query;
