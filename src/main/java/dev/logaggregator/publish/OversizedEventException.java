package dev.logaggregator.publish;

import dev.logaggregator.event.InvalidEventException;

/** An event is larger than {@code aggregator.publish.max-event}. */
final class OversizedEventException extends InvalidEventException {

  OversizedEventException(long bytes, long maxBytes) {
    super(
        null,
        "an event may have at most %d bytes (aggregator.publish.max-event), this one has %d"
            .formatted(maxBytes, bytes));
  }
}
