package dev.logaggregator.filter;

import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Reads one field of events, by the names that the filter language knows. May be shared. */
public final class FieldReader {

  /** The fields of the envelope; every other name is looked up in payload and attributes. */
  public static final List<String> ENVELOPE_FIELDS =
      Arrays.stream(EnvelopeField.values()).map(EnvelopeField::fieldName).toList();

  /** Longest name of a field, in characters. */
  public static final int MAX_LENGTH = 1_024;

  /** Takes values, as UTF-8. */
  @FunctionalInterface
  public interface Values {
    void value(byte[] utf8, int from, int to);
  }

  /** How it is read from one event. */
  @FunctionalInterface
  private interface OfEvent {
    void read(EventView event, Values values);
  }

  private final OfEvent ofEvent;
  private final FieldColumns ofRows;

  private FieldReader(OfEvent ofEvent, FieldColumns ofRows) {
    this.ofEvent = ofEvent;
    this.ofRows = ofRows;
  }

  /**
   * Hands over each of the field's values, as text: strings without quotes and escapes, numbers,
   * {@code true} and {@code false} as they are written, of an array each element. Objects and
   * {@code null} are none.
   */
  public void read(EventView event, Values values) {
    ofEvent.read(event, values);
  }

  /** Hands over the same values of all events in some rows. */
  public void read(EventRows rows, BitSet selected, ValueTarget target) {
    ofRows.read(rows, selected, target);
  }

  /** As {@link #of(String, String)}, for the parameter {@code field}. */
  public static FieldReader of(String field) {
    return of("field", field);
  }

  /**
   * The reader of a field.
   *
   * @param parameter where it is named
   * @param field a field of the envelope; or a dotted path that is looked up in the payload, and in
   *     the attributes where the payload doesn't have it
   * @throws InvalidEventException for the parameter when it is blank or too long
   */
  public static FieldReader of(String parameter, String field) {
    if (field.isBlank() || field.length() > MAX_LENGTH) {
      throw new InvalidEventException(
          parameter, "must be the name of a field, of at most " + MAX_LENGTH + " characters");
    }
    EnvelopeField envelope = EnvelopeField.named(field);
    List<FieldLookup> lookups = envelope == null ? FieldLookup.of(field) : List.of();
    return new FieldReader(
        envelope == null ? ofOther(lookups) : ofEnvelope(envelope),
        new FieldColumns(envelope, lookups));
  }

  private static OfEvent ofEnvelope(EnvelopeField field) {
    return switch (field) {
      case OFFSET -> (event, values) -> text(Long.toString(event.offset()), values);
      case TOPIC -> (event, values) -> text(event.topic().name(), values);
      case ID -> (event, values) -> values.value(event.bytes(), event.idStart(), event.idEnd());
      case TIMESTAMP -> (event, values) -> text(event.timestamp().toString(), values);
      case RECEIVED_AT -> (event, values) -> text(event.receivedAt().toString(), values);
      case SOURCE ->
          (event, values) -> {
            if (event.sourceStart() < event.sourceEnd()) {
              values.value(event.bytes(), event.sourceStart(), event.sourceEnd());
            }
          };
      case LEVEL -> ofLevel();
    };
  }

  private static OfEvent ofLevel() {
    List<byte[]> names =
        Arrays.stream(Level.values())
            .map(level -> level.name().getBytes(StandardCharsets.US_ASCII))
            .toList();
    return (event, values) -> {
      int code = event.levelCode();
      if (code > 0) {
        byte[] name = names.get(code - 1);
        values.value(name, 0, name.length);
      }
    };
  }

  private static void text(String ascii, Values values) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    values.value(bytes, 0, bytes.length);
  }

  private static OfEvent ofOther(List<FieldLookup> lookups) {
    return (event, values) -> {
      ValueTest passOn =
          ValueTest.ofText(
              (text, from, to) -> {
                values.value(text, from, to);
                return false;
              });
      for (FieldLookup lookup : lookups) {
        lookup.each(event, passOn);
      }
    };
  }
}
