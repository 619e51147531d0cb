package dev.logaggregator.intake;

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

  /** What a text has as JSON that isn't counted. */
  static final int QUOTES = 2;

  /** What a control character takes as JSON. */
  private static final long MOST_PER_BYTE = 6;

  private final Topic topic;
  private final Preset preset;
  private final PayloadKind kind;
  private final int maxTextBytes;
  private final JsonScanner scanner;
  private final KnownMembers knownMembers;
  private final JsonBuffer text = new JsonBuffer(0);

  /**
   * @param maxDepth how deep a payload may nest
   * @param maxTextBytes how large a text may be as JSON, but for its quotes
   */
  PayloadDecoder(Topic topic, Preset preset, PayloadKind kind, int maxDepth, int maxTextBytes) {
    this.topic = topic;
    this.preset = preset;
    this.kind = kind;
    this.maxTextBytes = maxTextBytes;
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
    preset.applyTo(draft);
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
    byte[] utf8 = text(bytes, from, to);
    boolean same = utf8 == bytes;
    int start = same ? from : 0;
    int end = same ? to : utf8.length;
    if ((end - start) * MOST_PER_BYTE > maxTextBytes) {
      long length = JsonBuffer.encodedLength(utf8, start, end);
      if (length > maxTextBytes) {
        throw OversizedEventException.asJson(length, maxTextBytes);
      }
    }
    text.clear();
    text.string(utf8, start, end);
    draft.payload.set(text.bytes(), 0, text.length());
  }

  /** The same array if that is UTF-8; else a new one, with U+FFFD for what isn't. */
  static byte[] text(byte[] bytes, int from, int to) {
    return Utf8.isValid(bytes, from, to)
        ? bytes
        : new String(bytes, from, to - from, StandardCharsets.UTF_8)
            .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public long heldBytes() {
    return text.bytes().length;
  }
}
