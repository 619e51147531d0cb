package dev.logaggregator.intake;

import dev.logaggregator.json.JsonEscapes;
import dev.logaggregator.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The members of an envelope that mean something to the log. */
enum EnvelopeField {
  TOPIC("topic"),
  ID("id"),
  SOURCE("source"),
  LEVEL("level"),
  TIMESTAMP("timestamp"),
  ATTRIBUTES("attributes"),
  PAYLOAD("payload"),
  /** Set by the log; what a publisher says is passed over, so that what was read can be sent. */
  OFFSET("offset"),
  /** As {@link #OFFSET}. */
  RECEIVED_AT("receivedAt");

  private static final EnvelopeField[] VALUES = values();

  private final String memberName;
  private final byte[] bytes;

  /** The first bytes of the name, as many as fit. */
  private final long head;

  EnvelopeField(String memberName) {
    this.memberName = memberName;
    this.bytes = memberName.getBytes(StandardCharsets.US_ASCII);
    this.head = ShortNames.head(bytes, 0, bytes.length);
  }

  /** As it is written in JSON. */
  String memberName() {
    return memberName;
  }

  /** A bit of its own. */
  int bit() {
    return 1 << ordinal();
  }

  /** The field with that name, given the inside of its JSON string; null if there is none. */
  static @Nullable EnvelopeField of(byte[] json, int from, int to) {
    EnvelopeField field = exactly(json, from, to);
    if (field == null && JsonText.hasEscape(json, from, to)) {
      byte[] name = JsonEscapes.decode(json, from, to);
      field = exactly(name, 0, name.length);
    }
    return field;
  }

  private static @Nullable EnvelopeField exactly(byte[] name, int from, int to) {
    int length = to - from;
    long head = ShortNames.head(name, from, to);
    for (EnvelopeField field : VALUES) {
      if (field.head == head && field.bytes.length == length) {
        return length <= ShortNames.HEAD_BYTES
                || Arrays.equals(field.bytes, 0, length, name, from, to)
            ? field
            : null;
      }
    }
    return null;
  }
}
