package dev.logaggregator.intake;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.JsonScanner;
import dev.logaggregator.json.JsonText;
import java.util.Arrays;

/** Checks that attributes are flat strings, not too many, each named once. One thread only. */
final class AttributeRules implements JsonScanner.MemberVisitor {

  static final int MAX_ATTRIBUTES = 64;

  private static final String FIELD = "attributes";

  /** The values were scanned before, with the limit that applies to them. */
  private final JsonScanner scanner = new JsonScanner(Integer.MAX_VALUE);

  /** Where each key seen so far lies: in the JSON, or unescaped in an array of its own. */
  private final byte[][] keys = new byte[MAX_ATTRIBUTES][];

  private final int[] keyStarts = new int[MAX_ATTRIBUTES];
  private final int[] keyEnds = new int[MAX_ATTRIBUTES];
  private byte[] json = {};
  private int count;

  /**
   * Checks a value that is valid JSON.
   *
   * @return how many attributes there are
   */
  int check(byte[] bytes, int from, int to) {
    if (bytes[from] != '{') {
      throw new InvalidEventException(FIELD, "must be an object of strings");
    }
    json = bytes;
    count = 0;
    scanner.scanObject(bytes, from, to, this);
    return count;
  }

  @Override
  public void member(int keyStart, int keyEnd, int valueStart, int valueEnd) {
    if (count == MAX_ATTRIBUTES) {
      throw new InvalidEventException(FIELD, "must be at most " + MAX_ATTRIBUTES);
    }
    if (json[valueStart] != '"') {
      throw new InvalidEventException(
          FIELD, "must be strings, unlike that of " + name(keyStart, keyEnd));
    }
    if (JsonText.hasEscape(json, valueStart, valueEnd)) {
      // What is kept is the string as it was written; this is for the check alone.
      EscapedText.unescape(json, valueStart + 1, valueEnd - 1, FIELD);
    }
    setKey(keyStart + 1, keyEnd - 1);
    for (int i = 0; i < count; i++) {
      if (sameKey(i, count)) {
        throw new InvalidEventException(
            FIELD, "must not repeat a name, as they do with " + name(keyStart, keyEnd));
      }
    }
    count++;
  }

  private void setKey(int from, int to) {
    if (JsonText.hasEscape(json, from, to)) {
      keys[count] = EscapedText.unescape(json, from, to, FIELD);
      keyStarts[count] = 0;
      keyEnds[count] = keys[count].length;
    } else {
      keys[count] = json;
      keyStarts[count] = from;
      keyEnds[count] = to;
    }
  }

  private boolean sameKey(int one, int other) {
    return Arrays.equals(
        keys[one], keyStarts[one], keyEnds[one], keys[other], keyStarts[other], keyEnds[other]);
  }

  private String name(int keyStart, int keyEnd) {
    return InvalidEventException.quoted(JsonText.unescape(json, keyStart + 1, keyEnd - 1));
  }
}
