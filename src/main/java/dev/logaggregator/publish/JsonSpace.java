package dev.logaggregator.publish;

import dev.logaggregator.event.InvalidEventException;

/** White space around JSON and in lines. */
final class JsonSpace {

  private JsonSpace() {}

  /** Whether a line of nothing but such bytes has no event: what JSON takes for white space. */
  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Position of the first byte that is no white space; {@code to} if there is none. */
  static int skip(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  /** Position after the last byte that is no white space; {@code from} if there is none. */
  static int trimEnd(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && isSpace(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  /**
   * Checks that one value is all there is.
   *
   * @param from where the value started
   * @param end where it ended
   */
  static void requireNothingAfter(byte[] bytes, int from, int end, int to) {
    int next = skip(bytes, end, to);
    if (next < to) {
      throw new InvalidEventException(
          null,
          "malformed JSON at byte %d: more than one value; for an event a line, send"
                  .formatted(next - from + 1)
              + " Content-Type: application/x-ndjson");
    }
  }
}
