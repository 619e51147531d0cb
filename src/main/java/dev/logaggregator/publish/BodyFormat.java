package dev.logaggregator.publish;

import dev.logaggregator.intake.PayloadKind;
import dev.logaggregator.request.QueryParameters;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What a body is, going by its content type. */
enum BodyFormat {
  JSON,
  /** JSON, a value a line. */
  JSON_LINES,
  TEXT,
  /** Not said, or curl's default, which says nothing. */
  UNSPECIFIED;

  private static final String JSON_TYPE = "application/json";
  private static final String FORM_TYPE = "application/x-www-form-urlencoded";
  private static final List<String> OF_ENVELOPES =
      List.of(JSON_TYPE, "application/x-ndjson", "application/jsonl", "application/ndjson");
  private static final List<String> OF_PAYLOADS =
      List.of(
          JSON_TYPE,
          "application/x-ndjson",
          "application/jsonl",
          "application/ndjson",
          MediaType.TEXT_PLAIN_VALUE);

  /**
   * Of a body of {@code /publish}.
   *
   * @throws UnsupportedTypeException when it isn't one that is taken there
   */
  static BodyFormat ofEnvelopes(@Nullable String contentType) {
    BodyFormat format = of(contentType, OF_ENVELOPES);
    if (format == TEXT) {
      throw unsupported("a content type of /publish", contentType, OF_ENVELOPES);
    }
    return format;
  }

  /**
   * Of a body of {@code /publish/{topic}}.
   *
   * @throws UnsupportedTypeException when it isn't one that is taken there
   */
  static BodyFormat ofPayloads(@Nullable String contentType) {
    return of(contentType, OF_PAYLOADS);
  }

  private static BodyFormat of(@Nullable String contentType, List<String> supported) {
    if (contentType == null || contentType.isBlank()) {
      return UNSPECIFIED;
    }
    if (contentType.equals(JSON_TYPE)) {
      return JSON;
    }
    MediaType type;
    try {
      type = MediaType.parseMediaType(contentType);
    } catch (InvalidMediaTypeException e) {
      throw unsupported("well-formed, in UTF-8", contentType, supported);
    }
    String charset = type.getParameter("charset");
    if (charset != null && !isUtf8(charset)) {
      throw unsupported("in UTF-8", contentType, supported);
    }
    return switch ((type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT)) {
      case JSON_TYPE -> JSON;
      case "application/x-ndjson", "application/jsonl", "application/ndjson" -> JSON_LINES;
      case MediaType.TEXT_PLAIN_VALUE -> TEXT;
      case FORM_TYPE -> UNSPECIFIED;
      default -> throw unsupported("one that is taken here", contentType, supported);
    };
  }

  /** What a payload in it is. */
  PayloadKind payload() {
    return switch (this) {
      case JSON, JSON_LINES -> PayloadKind.JSON;
      case TEXT -> PayloadKind.TEXT;
      case UNSPECIFIED -> PayloadKind.JSON_OR_TEXT;
    };
  }

  /** ASCII is UTF-8 too. */
  private static boolean isUtf8(String charset) {
    String name = charset.replace("\"", "").toLowerCase(Locale.ROOT);
    return name.equals("utf-8") || name.equals("utf8") || name.equals("us-ascii");
  }

  private static UnsupportedTypeException unsupported(
      String requirement, @Nullable String contentType, List<String> supported) {
    return new UnsupportedTypeException(
        "Content-Type must be %s, which this is not: %s. There are: %s."
            .formatted(
                requirement,
                QueryParameters.quoted(String.valueOf(contentType)),
                String.join(", ", supported)),
        supported);
  }
}
