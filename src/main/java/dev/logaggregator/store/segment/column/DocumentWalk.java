package dev.logaggregator.store.segment.column;

import dev.logaggregator.json.JsonText;
import dev.logaggregator.store.segment.column.ColumnKey.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the values in a JSON document that is known to be valid: those within objects; arrays, and
 * what is nested deeper than some levels, as one value each.
 */
final class DocumentWalk {

  /** Deeper objects are one value. */
  private static final int MOST_DEPTH = 16;

  /** A document of more values is one value: columns that one event fills help nobody. */
  static final int MOST_VALUES = 1024;

  private byte[] json = {};
  private int at;
  private int end;
  private int count;
  private int[] bounds = new int[64];
  private byte[] kinds = new byte[32];
  private boolean naming;
  private final List<String> path = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> objects = new ArrayList<>();

  /** Whether the document is an object with values that are worth being told apart. */
  boolean walk(byte[] bytes, int from, int to) {
    json = bytes;
    at = from;
    end = to;
    count = 0;
    if (bytes[from] != '{') {
      return false;
    }
    object(1);
    return at == to && count > 0 && count <= MOST_VALUES;
  }

  /** As {@link #walk}, and finds out the names as well. */
  void name(byte[] bytes, int from, int to) {
    naming = true;
    names.clear();
    objects.clear();
    walk(bytes, from, to);
    naming = false;
  }

  /** How many values were found. */
  int count() {
    return count;
  }

  int start(int index) {
    return bounds[2 * index];
  }

  int end(int index) {
    return bounds[2 * index + 1];
  }

  Kind kind(int index) {
    return Kind.of(kinds[index]);
  }

  /** The name of a value: the names that lead to it, joined by dots. */
  String name(int index) {
    return names.get(index);
  }

  /** The names of the objects within the document. */
  List<String> objects() {
    return objects;
  }

  private void object(int depth) {
    at++;
    space();
    while (json[at] != '}') {
      int keyStart = at;
      at = stringEnd(json, at);
      if (naming) {
        path.add(JsonText.unescape(json, keyStart + 1, at - 1));
      }
      space();
      at++;
      space();
      value(depth);
      if (naming) {
        path.removeLast();
      }
      space();
      if (json[at] == ',') {
        at++;
        space();
      }
    }
    at++;
  }

  private void value(int depth) {
    int start = at;
    switch (json[at]) {
      case '"' -> {
        at = stringEnd(json, at);
        add(start, Kind.TEXT);
      }
      case '{' -> {
        if (depth < MOST_DEPTH) {
          if (naming) {
            objects.add(String.join(".", path));
          }
          object(depth + 1);
        } else {
          at = nestedEnd(json, at);
          add(start, Kind.NESTED);
        }
      }
      case '[' -> {
        at = nestedEnd(json, at);
        add(start, Kind.NESTED);
      }
      case 't', 'f', 'n' -> {
        at = scalarEnd(json, at, end);
        add(start, Kind.WORD);
      }
      default -> {
        at = scalarEnd(json, at, end);
        add(start, Kind.NUMBER);
      }
    }
  }

  private void add(int start, Kind kind) {
    if (count == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * count);
      bounds = Arrays.copyOf(bounds, 4 * count);
    }
    kinds[count] = (byte) kind.ordinal();
    bounds[2 * count] = start;
    bounds[2 * count + 1] = at;
    count++;
    if (naming) {
      names.add(String.join(".", path));
    }
  }

  private void space() {
    while (at < end && json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
  }

  /** The position after the number or the word that begins there. */
  static int scalarEnd(byte[] json, int from, int to) {
    int at = from;
    while (at < to && json[at] != ',' && json[at] != '}' && json[at] > ' ') {
      at++;
    }
    return at;
  }

  /** The position after the array or the object that begins there. */
  static int nestedEnd(byte[] json, int from) {
    int depth = 0;
    int at = from;
    do {
      byte b = json[at];
      if (b == '"') {
        at = stringEnd(json, at);
      } else {
        // One bit tells brackets from braces; which of them it is does not matter in valid JSON.
        int bracket = b | 0x20;
        depth += bracket == '{' ? 1 : bracket == '}' ? -1 : 0;
        at++;
      }
    } while (depth > 0);
    return at;
  }

  /** The position after the string that begins there. */
  static int stringEnd(byte[] json, int from) {
    int at = from + 1;
    while (true) {
      at = JsonText.quoteOrBackslash(json, at);
      if (json[at] == '"') {
        return at + 1;
      }
      at += 2;
    }
  }
}
