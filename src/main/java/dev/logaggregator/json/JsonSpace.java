package dev.logaggregator.json;

/** White space around JSON and in lines. */
public final class JsonSpace {

  private JsonSpace() {}

  /** Whether a line of nothing but such bytes has no event: what JSON takes for white space. */
  public static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Position of the first byte that is no white space; {@code to} if there is none. */
  public static int skip(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  /** Position after the last byte that is no white space; {@code from} if there is none. */
  public static int trimEnd(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && isSpace(bytes[end - 1])) {
      end--;
    }
    return end;
  }
}
