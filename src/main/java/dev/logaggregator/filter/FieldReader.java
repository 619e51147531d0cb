package dev.logaggregator.filter;

import dev.logaggregator.event.EventView;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Reads one field of events, by the names that the filter language knows. May be shared. */
@FunctionalInterface
public interface FieldReader {

  /** The fields of the envelope; every other name is looked up in payload and attributes. */
  List<String> ENVELOPE_FIELDS =
      Arrays.stream(EnvelopeField.values()).map(EnvelopeField::fieldName).toList();

  /** Longest name of a field, in characters. */
  int MAX_LENGTH = 1_024;

  /**
   * Hands over each of the field's values, as text: strings without quotes and escapes, numbers,
   * {@code true} and {@code false} as they are written, of an array each element. Objects and
   * {@code null} are none.
   */
  void read(EventView event, Consumer<String> values);

  /**
   * The reader of a field.
   *
   * @param field a field of the envelope; or a dotted path that is looked up in the payload, and in
   *     the attributes where the payload doesn't have it
   * @throws InvalidEventException for {@code field} when it is blank or too long
   */
  static FieldReader of(String field) {
    if (field.isBlank() || field.length() > MAX_LENGTH) {
      throw new InvalidEventException(
          "field", "must be the name of a field, of at most " + MAX_LENGTH + " characters");
    }
    EnvelopeField envelope = EnvelopeField.named(field);
    return envelope == null ? ofOther(field) : ofEnvelope(envelope);
  }

  private static FieldReader ofEnvelope(EnvelopeField field) {
    return switch (field) {
      case OFFSET -> (event, values) -> values.accept(Long.toString(event.offset()));
      case TOPIC -> (event, values) -> values.accept(event.topic().name());
      case ID -> (event, values) -> values.accept(event.id());
      case TIMESTAMP -> (event, values) -> values.accept(event.timestamp().toString());
      case RECEIVED_AT -> (event, values) -> values.accept(event.receivedAt().toString());
      case SOURCE ->
          (event, values) -> {
            String source = event.source();
            if (source != null) {
              values.accept(source);
            }
          };
      case LEVEL ->
          (event, values) -> {
            Level level = event.level();
            if (level != null) {
              values.accept(level.name());
            }
          };
    };
  }

  private static FieldReader ofOther(String field) {
    List<FieldLookup> lookups = FieldLookup.of(field);
    return (event, values) -> {
      ValueTest passOn =
          ValueTest.ofText(
              (text, from, to) -> {
                values.accept(new String(text, from, to - from, StandardCharsets.UTF_8));
                return false;
              });
      for (FieldLookup lookup : lookups) {
        lookup.each(event, passOn);
      }
    };
  }
}
