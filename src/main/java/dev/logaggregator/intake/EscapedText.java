package dev.logaggregator.intake;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.JsonEscapes;
import dev.logaggregator.json.Utf8;

/** The text of JSON strings that have escapes; those that have none are used as they lie. */
final class EscapedText {

  private EscapedText() {}

  /**
   * The text of a JSON string, given its inside, as UTF-8.
   *
   * @param field for the error
   * @throws InvalidEventException when it has half a surrogate pair, which no UTF-8 can say
   */
  static byte[] unescape(byte[] json, int from, int to, String field) {
    byte[] text = JsonEscapes.decode(json, from, to);
    if (!Utf8.isValid(text, 0, text.length)) {
      throw new InvalidEventException(
          field, "must not have a lone surrogate: \\u%04x".formatted(loneSurrogate(text)));
    }
    return text;
  }

  private static int loneSurrogate(byte[] text) {
    int at = 0;
    int c = Utf8.codePoint(text, 0, Utf8.length(text[0]));
    while (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
      at += Utf8.length(text[at]);
      c = Utf8.codePoint(text, at, Utf8.length(text[at]));
    }
    return c;
  }
}
