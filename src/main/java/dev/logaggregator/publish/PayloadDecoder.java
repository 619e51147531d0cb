package dev.logaggregator.publish;

import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Topic;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.json.JsonScanner;
import dev.logaggregator.json.JsonSpace;
import dev.logaggregator.json.MalformedJsonException;
import dev.logaggregator.json.Utf8;
import java.nio.charset.StandardCharsets;

/** Makes an event of bytes that are its payload; everything else comes with the request. */
final class PayloadDecoder implements EventDecoder {

  /** What the bytes are. */
  enum Kind {
    /** Any JSON value. */
    JSON,
    /** Text. */
    TEXT,
    /** JSON if they are a valid object or array, else text. */
    JSON_OR_TEXT;

    /** What a body of that format has. */
    static Kind of(BodyFormat format) {
      return switch (format) {
        case JSON, JSON_LINES -> JSON;
        case TEXT -> TEXT;
        case UNSPECIFIED -> JSON_OR_TEXT;
      };
    }
  }

  private final Topic topic;
  private final PublishParameters parameters;
  private final Kind kind;
  private final JsonScanner scanner;
  private final KnownMembers knownMembers;
  private final JsonBuffer text = new JsonBuffer(0);

  PayloadDecoder(Topic topic, PublishParameters parameters, Kind kind, int maxDepth) {
    this.topic = topic;
    this.parameters = parameters;
    this.kind = kind;
    this.scanner = new JsonScanner(maxDepth);
    this.knownMembers = new KnownMembers(maxDepth);
  }

  @Override
  public void decode(byte[] bytes, int from, int to, EventDraft draft) {
    draft.topic = topic;
    switch (kind) {
      case JSON -> onlyJson(bytes, from, to, draft);
      case TEXT -> text(bytes, from, to, draft);
      case JSON_OR_TEXT -> jsonOrText(bytes, from, to, draft);
    }
    parameters.applyTo(draft);
  }

  private void onlyJson(byte[] bytes, int from, int to, EventDraft draft) {
    try {
      json(bytes, from, to, draft);
    } catch (MalformedJsonException e) {
      throw InvalidEventException.of(e);
    }
  }

  private void json(byte[] bytes, int from, int to, EventDraft draft) {
    int start = JsonSpace.skip(bytes, from, to);
    int end = JsonSpace.trimEnd(bytes, start, to);
    boolean spaced;
    if (start < end && bytes[start] == '{') {
      spaced = knownMembers.scan(bytes, start, end, draft);
    } else {
      scanner.scanValue(bytes, start, end);
      spaced = scanner.valueIsSpaced();
    }
    draft.payload.set(bytes, start, end, spaced, false);
  }

  private void jsonOrText(byte[] bytes, int from, int to, EventDraft draft) {
    int start = JsonSpace.skip(bytes, from, to);
    if (start < to && (bytes[start] == '{' || bytes[start] == '[')) {
      try {
        json(bytes, from, to, draft);
        return;
      } catch (MalformedJsonException notJson) {
        // Text that merely starts like JSON, such as "[main] INFO started".
      }
    }
    text(bytes, from, to, draft);
  }

  private void text(byte[] bytes, int from, int to, EventDraft draft) {
    text.clear();
    writeText(bytes, from, to, text);
    draft.payload.set(text.bytes(), 0, text.length());
  }

  /** Writes text as a JSON string, with U+FFFD where it is not UTF-8. */
  static void writeText(byte[] bytes, int from, int to, JsonBuffer out) {
    if (Utf8.isValid(bytes, from, to)) {
      out.string(bytes, from, to);
    } else {
      out.string(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
  }
}
