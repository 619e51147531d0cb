package dev.logaggregator.intake;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.JsonSpace;

/** A body or a line that is to be one JSON value. */
final class OneValue {

  private OneValue() {}

  /**
   * Checks that one value is all there is.
   *
   * @param from where the value started
   * @param end where it ended
   */
  static void requireNothingAfter(byte[] bytes, int from, int end, int to) {
    int next = JsonSpace.skip(bytes, end, to);
    if (next < to) {
      throw new InvalidEventException(
          null,
          "malformed JSON at byte %d: more than one value; for an event a line, send"
                  .formatted(next - from + 1)
              + " Content-Type: application/x-ndjson");
    }
  }
}
