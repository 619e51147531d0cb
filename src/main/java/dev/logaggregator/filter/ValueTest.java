package dev.logaggregator.filter;

import dev.logaggregator.json.JsonEscapes;

/** A condition on a JSON value that is not an array; it is told of an object, too. */
@FunctionalInterface
interface ValueTest {

  /** Positions are those of the value as it is written, quotes included. */
  boolean test(byte[] json, int from, int to);

  /**
   * Tests the content of a string; a number, {@code true} and {@code false} as they are written.
   */
  static ValueTest ofText(TextTest text) {
    return (json, from, to) ->
        switch (json[from]) {
          case '{', 'n' -> false;
          case '"' -> ofString(text, json, from, to);
          default -> text.test(json, from, to);
        };
  }

  /** Tests the content of a string. */
  static boolean ofString(TextTest test, byte[] json, int from, int to) {
    int start = from + 1;
    int end = to - 1;
    if (JsonEscapes.next(json, start, end) >= end) {
      return test.test(json, start, end);
    }
    byte[] text = JsonEscapes.decode(json, start, end);
    return test.test(text, 0, text.length);
  }

  /** Any value but {@code null}, which is how JSON says that there is none. */
  static ValueTest exists() {
    return (json, from, to) -> json[from] != 'n';
  }
}
