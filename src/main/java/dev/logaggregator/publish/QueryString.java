package dev.logaggregator.publish;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string, strictly. Not {@code getParameter}, which also reads a body
 * that comes with the content type of forms, as curl's do.
 */
final class QueryString {

  private QueryString() {}

  /**
   * Parameters by name, in order.
   *
   * @throws InvalidEventException when one is repeated or not percent-encoded UTF-8
   */
  static Map<String, String> parse(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return Map.of();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        throw new InvalidEventException(Abbreviated.of(name), "must not be repeated");
      }
    }
    return parameters;
  }

  private static String decode(String encoded) {
    if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0 && isAscii(encoded)) {
      return encoded;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        bytes.write(hexByte(encoded, i + 1));
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return utf8(bytes.toByteArray(), "query string");
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static int hexByte(String encoded, int at) {
    int high = at + 1 < encoded.length() ? Character.digit(encoded.charAt(at), 16) : -1;
    int low = at + 1 < encoded.length() ? Character.digit(encoded.charAt(at + 1), 16) : -1;
    if (high < 0 || low < 0) {
      throw new InvalidEventException(
          "query string", "must have two hexadecimal digits after each %");
    }
    return high << 4 | low;
  }

  /**
   * Text from UTF-8.
   *
   * @param where it came from, for the error
   */
  static String utf8(byte[] bytes, String where) {
    if (!Utf8.isValid(bytes, 0, bytes.length)) {
      throw new InvalidEventException(where, "must be UTF-8");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
