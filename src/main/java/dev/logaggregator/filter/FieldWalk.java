package dev.logaggregator.filter;

import dev.logaggregator.filter.EventFields.Kind;
import dev.logaggregator.json.JsonEscapes;

/**
 * One way through JSON that is known to be valid, with the name of the field that each value is of.
 * It recurs as deep as the JSON nests.
 */
final class FieldWalk {

  private final byte[] json;
  private final EventFields.Visitor visitor;
  private final FieldName name;

  /**
   * @param name leads to where it begins; is the same afterwards
   */
  FieldWalk(byte[] json, EventFields.Visitor visitor, FieldName name) {
    this.json = json;
    this.visitor = visitor;
    this.name = name;
  }

  /** Returns the position after the value. */
  int value(int from, int to) {
    return switch (json[from]) {
      case '{' -> members(from, to);
      case '[' -> elements(from, to);
      case '"' -> text(from);
      case 'n' -> JsonPath.scalarEnd(json, from, to);
      default -> scalar(Kind.of(json[from]), from, to);
    };
  }

  private int scalar(Kind kind, int from, int to) {
    int end = JsonPath.scalarEnd(json, from, to);
    visit(kind, json, from, end);
    return end;
  }

  private int text(int from) {
    int found = JsonPath.stringEnd(json, from + 1);
    if (found >= 0) {
      visit(Kind.TEXT, json, from + 1, found);
      return found + 1;
    }
    byte[] text = JsonEscapes.decode(json, from + 1, ~found);
    visit(Kind.TEXT, text, 0, text.length);
    return ~found + 1;
  }

  private void visit(Kind kind, byte[] text, int from, int to) {
    name.qualify(false);
    visitor.value(name, kind, text, from, to);
  }

  private int elements(int from, int to) {
    int at = JsonPath.skipSpace(json, from + 1);
    while (json[at] != ']') {
      at = JsonPath.skipSpace(json, value(at, to));
      at = json[at] == ',' ? JsonPath.skipSpace(json, at + 1) : at;
    }
    return at + 1;
  }

  private int members(int from, int to) {
    int at = JsonPath.skipSpace(json, from + 1);
    while (json[at] != '}') {
      int keyEnd = JsonPath.stringEnd(json, at + 1);
      int parent = keyEnd >= 0 ? name.enter(json, at + 1, keyEnd) : enterEscaped(at + 1, ~keyEnd);
      at = JsonPath.skipSpace(json, (keyEnd >= 0 ? keyEnd : ~keyEnd) + 1);
      at = JsonPath.skipSpace(json, at + 1);
      at = JsonPath.skipSpace(json, value(at, to));
      name.leave(parent);
      at = json[at] == ',' ? JsonPath.skipSpace(json, at + 1) : at;
    }
    return at + 1;
  }

  private int enterEscaped(int from, int to) {
    byte[] key = JsonEscapes.decode(json, from, to);
    return name.enter(key, 0, key.length);
  }
}
