package dev.logaggregator.publish;

import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Timestamps;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its events outside of its body.
 *
 * @param id from the query string, or else from {@code Idempotency-Key}; UTF-8
 * @param source UTF-8
 * @param splitLines whether each line of a text is an event
 */
record PublishParameters(
    byte @Nullable [] id,
    byte @Nullable [] source,
    @Nullable Level level,
    @Nullable Instant timestamp,
    boolean splitLines) {

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final PublishParameters NONE =
      new PublishParameters(null, null, null, null, false);
  private static final Set<String> OF_TOPIC = Set.of("id", "source", "level", "timestamp", "split");

  /**
   * Those of {@code /publish}, which takes none in the query string.
   *
   * @throws InvalidEventException when there is one, or a malformed {@code Idempotency-Key}
   */
  static PublishParameters ofEnvelopes(HttpServletRequest request) {
    Map<String, String> query = QueryString.parse(request.getQueryString());
    if (!query.isEmpty()) {
      throw new InvalidEventException(
          Abbreviated.of(query.keySet().iterator().next()),
          "is no parameter of /publish, which has none: an envelope says it all");
    }
    byte[] key = idempotencyKey(request);
    return key == null ? NONE : new PublishParameters(key, null, null, null, false);
  }

  /**
   * Those of {@code /publish/{topic}}.
   *
   * @throws InvalidEventException when one is unknown or malformed
   */
  static PublishParameters ofTopic(HttpServletRequest request) {
    Map<String, String> query = QueryString.parse(request.getQueryString());
    byte[] key = idempotencyKey(request);
    if (query.isEmpty() && key == null) {
      return NONE;
    }
    for (String name : query.keySet()) {
      if (!OF_TOPIC.contains(name)) {
        throw new InvalidEventException(
            Abbreviated.of(name),
            "is no parameter of /publish/{topic}, which has id, source, level, timestamp, split");
      }
    }
    String id = query.get("id");
    String level = query.get("level");
    String timestamp = query.get("timestamp");
    return new PublishParameters(
        id == null ? key : text(id, FieldRules.ID),
        text(query.get("source"), FieldRules.SOURCE),
        level == null ? null : FieldRules.requireLevel(Level.parse(level)),
        timestamp == null ? null : FieldRules.requireTimestamp(parseTimestamp(timestamp)),
        splitLines(query.get("split")));
  }

  /** A '+' before the zone arrives as a space where it wasn't encoded. */
  private static @Nullable Instant parseTimestamp(String text) {
    int zone = text.lastIndexOf(' ');
    return Timestamps.parse(
        zone < "2026-11-22T07:00:00".length()
            ? text
            : text.substring(0, zone) + '+' + text.substring(zone + 1));
  }

  private static byte @Nullable [] idempotencyKey(HttpServletRequest request) {
    String key = request.getHeader(IDEMPOTENCY_KEY);
    // The container reads headers as Latin-1, whatever was sent.
    return key == null
        ? null
        : text(
            QueryString.utf8(key.getBytes(StandardCharsets.ISO_8859_1), IDEMPOTENCY_KEY),
            FieldRules.ID);
  }

  private static byte @Nullable [] text(@Nullable String value, FieldRules.TextRule rule) {
    if (value == null) {
      return null;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    rule.check(utf8, 0, utf8.length);
    return utf8;
  }

  private static boolean splitLines(@Nullable String split) {
    if (split != null && !split.equals("lines")) {
      throw new InvalidEventException("split", "must be lines, or not be there");
    }
    return split != null;
  }

  /** Sets what was said here, over what the payload says of itself. */
  void applyTo(EventDraft draft) {
    if (id != null) {
      draft.id.set(id);
    }
    if (source != null) {
      draft.source.set(source);
    }
    if (level != null) {
      draft.level = level;
    }
    if (timestamp != null) {
      draft.timestamp = timestamp;
    }
  }
}
