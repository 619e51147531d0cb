package dev.logaggregator.publish;

import dev.logaggregator.event.Hops;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Timestamps;
import dev.logaggregator.intake.FieldRules;
import dev.logaggregator.intake.Preset;
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
 * @param preset the id is from the query string, or else from {@code Idempotency-Key}
 * @param splitLines whether each line of a text is an event
 */
record PublishParameters(Preset preset, boolean splitLines) {

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final PublishParameters NONE = new PublishParameters(Preset.NONE, false);
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
    int hops = Hops.parse(request.getHeader(Hops.HEADER));
    return key == null && hops == 0
        ? NONE
        : new PublishParameters(new Preset(key, null, null, null, hops), false);
  }

  /**
   * Those of {@code /publish/{topic}}.
   *
   * @throws InvalidEventException when one is unknown or malformed
   */
  static PublishParameters ofTopic(HttpServletRequest request) {
    byte[] key = idempotencyKey(request);
    int hops = Hops.parse(request.getHeader(Hops.HEADER));
    if (request.getQueryString() == null && key == null && hops == 0) {
      return NONE;
    }
    QueryParameters query = QueryParameters.of(request, OF_TOPIC);
    String id = query.text("id");
    String level = query.text("level");
    String timestamp = query.text("timestamp");
    Preset preset =
        new Preset(
            id == null ? key : text(id, FieldRules.ID),
            text(query.text("source"), FieldRules.SOURCE),
            level == null ? null : FieldRules.requireLevel(Level.parse(level)),
            timestamp == null ? null : FieldRules.requireTimestamp(parseTimestamp(timestamp)),
            hops);
    return new PublishParameters(preset, splitLines(query.text("split")));
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

  /**
   * Whether each line of such a body is an event.
   *
   * @throws InvalidEventException when lines are asked for that it can't be split into
   */
  boolean areLines(BodyFormat format) {
    if (format == BodyFormat.JSON && splitLines) {
      throw new InvalidEventException(
          "split", "is for text: for a JSON value a line, send Content-Type: application/x-ndjson");
    }
    return format == BodyFormat.JSON_LINES || splitLines;
  }
}
