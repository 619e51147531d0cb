package dev.logaggregator.intake;

import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Topic;
import dev.logaggregator.json.JsonScanner;
import dev.logaggregator.json.JsonSpace;
import dev.logaggregator.json.JsonText;
import dev.logaggregator.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes envelopes. A member that is none of the envelope's is part of the payload, unless there
 * is a {@code payload}; so an envelope of nothing but its own fields has the payload {@code {}}. A
 * field that is {@code null} is as one that is absent, but for the payload, which is any JSON
 * value.
 */
final class EnvelopeDecoder implements EventDecoder, JsonScanner.MemberVisitor {

  private final int maxDepth;
  private final TopicNames topics;
  private final JsonScanner scanner;
  private @Nullable AttributeRules attributeRules;
  private final OtherMembers others = new OtherMembers();

  private byte[] bytes = {};
  private EventDraft draft = new EventDraft();
  private int seen;

  EnvelopeDecoder(int maxDepth, TopicNames topics) {
    this.maxDepth = maxDepth;
    this.topics = topics;
    this.scanner = new JsonScanner(maxDepth);
  }

  @Override
  public void decode(byte[] json, int from, int to, EventDraft target) {
    int end = decodeFirst(json, from, to, target);
    OneValue.requireNothingAfter(json, from, end, to);
  }

  /**
   * Decodes the envelope that the bytes start with.
   *
   * @return where it ends
   */
  int decodeFirst(byte[] json, int from, int to, EventDraft target) {
    int start = JsonSpace.skip(json, from, to);
    if (start < to && json[start] != '{') {
      throw new InvalidEventException(null, "an envelope must be a JSON object");
    }
    bytes = json;
    draft = target;
    seen = 0;
    others.clear();
    int end = scanEnvelope(start, to);
    if (draft.topic == null) {
      throw new InvalidEventException("topic", "must not be blank");
    }
    if ((seen & EnvelopeField.PAYLOAD.bit()) == 0) {
      if (others.depth() >= maxDepth) {
        throw new InvalidEventException("payload", "must not nest deeper than " + maxDepth);
      }
      others.writeTo(draft.payload, json);
    } else if (!others.isEmpty()) {
      throw new InvalidEventException(
          null,
          "members that are not the envelope's, beside a payload: "
              + others.names(json)
              + "; put them into payload or attributes");
    }
    return end;
  }

  @Override
  public long heldBytes() {
    return others.heldBytes();
  }

  private int scanEnvelope(int start, int to) {
    try {
      return scanner.scanEnvelope(bytes, start, to, this);
    } catch (MalformedJsonException e) {
      throw InvalidEventException.of(e);
    }
  }

  @Override
  public void member(int keyStart, int keyEnd, int valueStart, int valueEnd) {
    EnvelopeField field = EnvelopeField.of(bytes, keyStart + 1, keyEnd - 1);
    if (field == null) {
      others.add(keyStart, keyEnd, valueStart, valueEnd, scanner);
      return;
    }
    if ((seen & field.bit()) != 0) {
      throw new InvalidEventException(field.memberName(), "must not be repeated");
    }
    seen |= field.bit();
    if (field == EnvelopeField.PAYLOAD) {
      draft.payload.set(
          bytes, valueStart, valueEnd, scanner.valueIsSpaced(), !scanner.valueIsEscaped());
    } else if (bytes[valueStart] != 'n') {
      set(field, valueStart, valueEnd);
    }
  }

  private void set(EnvelopeField field, int from, int to) {
    switch (field) {
      case TOPIC -> setTopic(from, to);
      case ID -> setText(draft.id, field, from, to, FieldRules.ID);
      case SOURCE -> setText(draft.source, field, from, to, FieldRules.SOURCE);
      case LEVEL -> setLevel(from, to);
      case TIMESTAMP -> setTimestamp(from, to);
      case ATTRIBUTES -> setAttributes(from, to);
      case OFFSET, RECEIVED_AT, PAYLOAD -> {}
    }
  }

  private void setTopic(int from, int to) {
    requireString(EnvelopeField.TOPIC, from);
    if (JsonText.hasEscape(bytes, from, to)) {
      draft.topic = Topic.publishable(JsonText.unescape(bytes, from + 1, to - 1));
    } else {
      draft.topic = topics.get(bytes, from + 1, to - 1);
    }
  }

  private void setText(
      EventDraft.Slice slice, EnvelopeField field, int from, int to, FieldRules.TextRule rule) {
    requireString(field, from);
    byte[] text = bytes;
    int start = from + 1;
    int end = to - 1;
    if (JsonText.hasEscape(bytes, start, end)) {
      text = EscapedText.unescape(bytes, start, end, field.memberName());
      start = 0;
      end = text.length;
    }
    rule.check(text, start, end);
    slice.set(text, start, end);
  }

  private void setLevel(int from, int to) {
    requireString(EnvelopeField.LEVEL, from);
    draft.level = FieldRules.requireLevel(WrittenValue.level(bytes, from, to));
  }

  private void setTimestamp(int from, int to) {
    draft.timestamp = FieldRules.requireTimestamp(WrittenValue.timestamp(bytes, from, to));
  }

  private void setAttributes(int from, int to) {
    boolean spaced = scanner.valueIsSpaced();
    boolean escaped = scanner.valueIsEscaped();
    if (attributeRules == null) {
      attributeRules = new AttributeRules();
    }
    if (attributeRules.check(bytes, from, to) > 0) {
      draft.attributes.set(bytes, from, to, spaced, !escaped);
    }
  }

  private void requireString(EnvelopeField field, int from) {
    if (bytes[from] != '"') {
      throw new InvalidEventException(field.memberName(), "must be a string");
    }
  }
}
