package dev.logaggregator.filter;

import org.jspecify.annotations.Nullable;

/** The fields that every event has a place for, by the names that the filter language knows. */
enum EnvelopeField {
  OFFSET("offset"),
  TOPIC("topic"),
  ID("id"),
  SOURCE("source"),
  LEVEL("level"),
  TIMESTAMP("timestamp"),
  RECEIVED_AT("receivedAt");

  private final String fieldName;

  EnvelopeField(String fieldName) {
    this.fieldName = fieldName;
  }

  String fieldName() {
    return fieldName;
  }

  /** The field of that name; null if it is not the envelope's. */
  static @Nullable EnvelopeField named(String name) {
    for (EnvelopeField field : values()) {
      if (field.fieldName.equals(name)) {
        return field;
      }
    }
    return null;
  }
}
