/**
 * {@code GET /events} as server-sent events: history, then live, without a seam. A stream is a
 * cursor into the log; it is woken when the log has grown, and sends what has come in one go.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "store",
      "filter",
      "event",
      "json",
      "request",
      "listener",
      "memory",
      "worker"
    })
@org.jspecify.annotations.NullMarked
package dev.logaggregator.stream;
