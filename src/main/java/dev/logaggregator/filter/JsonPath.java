package dev.logaggregator.filter;

import dev.logaggregator.json.JsonEscapes;
import dev.logaggregator.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A dotted path into JSON, followed over the bytes as they lie. A dot leads into an object or is
 * part of a name, whatever there is: {@code log.level} means {@code {"log":{"level":…}}} and {@code
 * {"log.level":…}}. Arrays on the way and at its end stand for each of their elements.
 *
 * <p>The walk is linear in the JSON, stops at the first value that passes the test, makes no object
 * (but for names with escapes) and recurs only into objects along the path. It relies on the JSON
 * being valid: it was checked when it came in.
 */
final class JsonPath {

  /** Instead of a position: a value passed the test. */
  private static final int PASSED = -1;

  private final byte[] path;

  /** How much of the path was followed when nothing is left: as if it ended with a dot. */
  private final int whole;

  private final int start;

  private JsonPath(byte[] path, int start) {
    this.path = path;
    this.whole = path.length + 1;
    this.start = start;
  }

  /** The values of the members that the path leads to. */
  static JsonPath of(String path) {
    return new JsonPath(path.getBytes(StandardCharsets.UTF_8), 0);
  }

  /** The value as a whole. */
  static JsonPath root() {
    return new JsonPath(new byte[0], 1);
  }

  /** Whether it leads nowhere but to the value itself. */
  boolean isRoot() {
    return start > 0;
  }

  /** Whether one of the values that the path leads to passes the test. */
  boolean any(byte[] json, int from, int to, ValueTest test) {
    return from < to && values(json, from, to, start, test) == PASSED;
  }

  /**
   * A value, or each element of an array, nested ones included.
   *
   * @param followed how much of the path leads here
   * @return the position after it, or {@link #PASSED}
   */
  private int values(byte[] json, int from, int to, int followed, ValueTest test) {
    int at = from;
    int depth = 0;
    do {
      switch (json[at]) {
        case '[' -> {
          depth++;
          at++;
        }
        case ']' -> {
          depth--;
          at++;
        }
        case ',', ' ', '\t', '\n', '\r' -> at++;
        default -> {
          at = value(json, at, to, followed, test);
          if (at == PASSED) {
            return PASSED;
          }
        }
      }
    } while (depth > 0);
    return at;
  }

  private int value(byte[] json, int from, int to, int followed, ValueTest test) {
    if (followed == whole) {
      int end = skip(json, from, to);
      return test.test(json, from, end) ? PASSED : end;
    }
    return json[from] == '{' ? members(json, from, to, followed, test) : skip(json, from, to);
  }

  private int members(byte[] json, int from, int to, int followed, ValueTest test) {
    int at = skipSpace(json, from + 1);
    while (json[at] != '}') {
      int keyStart = at + 1;
      int keyEnd = stringEnd(json, keyStart);
      boolean escaped = keyEnd < 0;
      keyEnd = escaped ? ~keyEnd : keyEnd;
      int further = follow(json, keyStart, keyEnd, escaped, followed);
      at = skipSpace(json, keyEnd + 1);
      at = skipSpace(json, at + 1);
      at = further > 0 ? values(json, at, to, further, test) : skip(json, at, to);
      if (at == PASSED) {
        return PASSED;
      }
      at = skipSpace(json, at);
      at = json[at] == ',' ? skipSpace(json, at + 1) : at;
    }
    return at + 1;
  }

  /** How much of the path leads to the value of a member of that name; 0 if it doesn't. */
  private int follow(byte[] json, int keyStart, int keyEnd, boolean escaped, int followed) {
    if (escaped) {
      byte[] key = JsonEscapes.decode(json, keyStart, keyEnd);
      return follow(key, 0, key.length, followed);
    }
    return follow(json, keyStart, keyEnd, followed);
  }

  private int follow(byte[] key, int from, int to, int followed) {
    int next = followed + to - from;
    boolean fits = next == path.length || (next < path.length && path[next] == '.');
    return fits && Arrays.equals(key, from, to, path, followed, next) ? next + 1 : 0;
  }

  static int skipSpace(byte[] json, int from) {
    int at = from;
    while (json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
    return at;
  }

  /** The position after the value that starts there. */
  private static int skip(byte[] json, int from, int to) {
    int at = from;
    int depth = 0;
    do {
      byte b = json[at];
      if (b == '"') {
        at = stringEnd(json, at + 1);
        at = (at < 0 ? ~at : at) + 1;
      } else if (depth == 0 && b != '{' && b != '[') {
        return scalarEnd(json, at, to);
      } else {
        // One bit tells brackets from braces; which of them it is does not matter in valid JSON.
        int bracket = b | 0x20;
        depth += bracket == '{' ? 1 : bracket == '}' ? -1 : 0;
        at++;
      }
    } while (depth > 0);
    return at;
  }

  static int scalarEnd(byte[] json, int from, int to) {
    int at = from;
    while (at < to && json[at] != ',' && json[at] != '}' && json[at] != ']' && json[at] > ' ') {
      at++;
    }
    return at;
  }

  /**
   * Where the quote is that ends a string.
   *
   * @param from after the quote that starts it
   * @return the position, complemented (negative) if there are escapes
   */
  static int stringEnd(byte[] json, int from) {
    int at = from;
    boolean escaped = false;
    while (true) {
      at = JsonText.quoteOrBackslash(json, at);
      if (json[at] == '"') {
        return escaped ? ~at : at;
      }
      escaped = true;
      at += 2;
    }
  }
}
