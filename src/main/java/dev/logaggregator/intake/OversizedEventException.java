package dev.logaggregator.intake;

import dev.logaggregator.event.InvalidEventException;

/** An event is larger than {@code aggregator.publish.max-event}. */
final class OversizedEventException extends InvalidEventException {

  private OversizedEventException(long maxBytes, String instead) {
    super(
        null,
        "an event may have at most %d bytes (aggregator.publish.max-event), this one has %s"
            .formatted(maxBytes, instead));
  }

  /** As it was sent. */
  OversizedEventException(long bytes, long maxBytes) {
    this(maxBytes, Long.toString(bytes));
  }

  /** As it would be kept. */
  static OversizedEventException asJson(long bytes, long maxBytes) {
    return new OversizedEventException(
        maxBytes, bytes + " as JSON, where a control character takes up to six");
  }
}
