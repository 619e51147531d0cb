package dev.logaggregator.publish;

import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Timestamps;
import dev.logaggregator.json.Utf8;
import dev.logaggregator.request.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its events outside of its body.
 *
 * @param id from the query string, or else from {@code Idempotency-Key}; UTF-8
 * @param source UTF-8
 * @param splitLines whether each line of a text is an event
 * @param hops through how many pushes of a log the events have come; 0 if through none
 */
record PublishParameters(
    byte @Nullable [] id,
    byte @Nullable [] source,
    @Nullable Level level,
    @Nullable Instant timestamp,
    boolean splitLines,
    int hops) {

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final PublishParameters NONE =
      new PublishParameters(null, null, null, null, false, 0);
  private static final Set<String> OF_TOPIC = Set.of("id", "source", "level", "timestamp", "split");

  /**
   * Those of {@code /publish}, which takes none in the query string.
   *
   * @throws InvalidEventException when there is one, or a malformed {@code Idempotency-Key}
   */
  static PublishParameters ofEnvelopes(HttpServletRequest request) {
    byte[] key = idempotencyKey(request);
    if (request.getQueryString() != null) {
      QueryParameters.of(request, Set.of());
    }
    int hops = Hops.of(request);
    return key == null && hops == 0
        ? NONE
        : new PublishParameters(key, null, null, null, false, hops);
  }

  /**
   * Those of {@code /publish/{topic}}.
   *
   * @throws InvalidEventException when one is unknown or malformed
   */
  static PublishParameters ofTopic(HttpServletRequest request) {
    byte[] key = idempotencyKey(request);
    int hops = Hops.of(request);
    if (request.getQueryString() == null && key == null && hops == 0) {
      return NONE;
    }
    QueryParameters query = QueryParameters.of(request, OF_TOPIC);
    String id = query.text("id");
    String level = query.text("level");
    String timestamp = query.text("timestamp");
    return new PublishParameters(
        id == null ? key : text(id, FieldRules.ID),
        text(query.text("source"), FieldRules.SOURCE),
        level == null ? null : FieldRules.requireLevel(Level.parse(level)),
        timestamp == null ? null : FieldRules.requireTimestamp(parseTimestamp(timestamp)),
        splitLines(query.text("split")),
        hops);
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
    String header = request.getHeader(IDEMPOTENCY_KEY);
    if (header == null) {
      return null;
    }
    // The container reads headers as Latin-1, whatever was sent.
    byte[] key = header.getBytes(StandardCharsets.ISO_8859_1);
    if (!Utf8.isValid(key, 0, key.length)) {
      throw new InvalidEventException(IDEMPOTENCY_KEY, "must be UTF-8");
    }
    FieldRules.ID.check(key, 0, key.length);
    return key;
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
