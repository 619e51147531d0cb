package dev.logaggregator.publish;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.JsonText;
import java.nio.charset.StandardCharsets;

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
    String text = JsonText.unescape(json, from, to);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new InvalidEventException(
              field, "must not have a lone surrogate: \\u%04x".formatted((int) c));
        }
        i++;
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
