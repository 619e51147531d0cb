package dev.logaggregator.filter;

import dev.logaggregator.event.EventView;

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
    BOOLEAN;

    /** By a value's first byte; it isn't {@code null}. */
    static Kind of(byte first) {
      return switch (first) {
        case '"' -> TEXT;
        case 't', 'f' -> BOOLEAN;
        default -> NUMBER;
      };
    }
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
    inPayload.clear();
    new FieldWalk(event.bytes(), visitor, inPayload)
        .value(event.payloadStart(), event.payloadEnd());
    readAttributes(event, visitor);
  }

  /** Hands over the values of its attributes only. */
  void readAttributes(EventView event, Visitor visitor) {
    if (event.attributesStart() < event.attributesEnd()) {
      Visitor named =
          (name, kind, text, from, to) -> {
            name.qualify(!name.isTooLong() && isInPayload(event, name.path()));
            visitor.value(name, kind, text, from, to);
          };
      inAttributes.clear();
      new FieldWalk(event.bytes(), named, inAttributes)
          .value(event.attributesStart(), event.attributesEnd());
    }
  }

  private static boolean isInPayload(EventView event, String path) {
    return JsonPath.of(path)
        .any(event.bytes(), event.payloadStart(), event.payloadEnd(), (json, from, to) -> true);
  }
}
