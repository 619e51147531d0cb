package dev.logaggregator.filter;

import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonEscapes;

/**
 * Reads all values of an event beside its envelope's, each with the name of its field: that by
 * which {@link FieldReader} finds it. One thread at a time.
 *
 * <p>The name is the dotted path. Where a path would be taken for something else ({@code level} for
 * the envelope's, {@code payload.x} for {@code x}, an attribute for the payload's member of the
 * same name) it is said where it leads from: {@code payload.level}, {@code attributes.x}. Of
 * something other than an object the field is {@code payload}.
 */
public final class EventFields {

  /** As what a value is written in JSON. */
  public enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN
  }

  /** Takes values. */
  @FunctionalInterface
  public interface Visitor {

    /**
     * Is told of a value, with the name of its field, both as UTF-8 and until it returns; of an
     * array, of each element.
     */
    void value(FieldName name, Kind kind, byte[] text, int from, int to);
  }

  private final FieldName inPayload = new FieldName("payload");
  private final FieldName inAttributes = new FieldName("attributes");

  /** Hands over the values of an event. */
  public void read(EventView event, Visitor visitor) {
    new Walk(event, visitor, inPayload).value(event.payloadStart(), event.payloadEnd());
    if (event.attributesStart() < event.attributesEnd()) {
      Visitor named =
          (name, kind, text, from, to) -> {
            name.qualify(!name.isTooLong() && isInPayload(event, name.path()));
            visitor.value(name, kind, text, from, to);
          };
      new Walk(event, named, inAttributes).value(event.attributesStart(), event.attributesEnd());
    }
  }

  private static boolean isInPayload(EventView event, String path) {
    return JsonPath.of(path)
        .any(event.bytes(), event.payloadStart(), event.payloadEnd(), (json, from, to) -> true);
  }

  /** One way through JSON that is known to be valid; it recurs as deep as that nests. */
  private static final class Walk {

    private final byte[] json;
    private final Visitor visitor;
    private final FieldName name;

    Walk(EventView event, Visitor visitor, FieldName name) {
      this.json = event.bytes();
      this.visitor = visitor;
      this.name = name;
      name.clear();
    }

    /** Returns the position after the value. */
    int value(int from, int to) {
      return switch (json[from]) {
        case '{' -> members(from, to);
        case '[' -> elements(from, to);
        case '"' -> text(from);
        case 'n' -> JsonPath.scalarEnd(json, from, to);
        case 't', 'f' -> scalar(Kind.BOOLEAN, from, to);
        default -> scalar(Kind.NUMBER, from, to);
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
}
