package dev.logaggregator.query;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * The media types in which this room answers. Chosen here, since Spring's choice among handlers is
 * ambiguous where several take <code>*&#47;*</code>, and takes no weight of zero for a refusal (RFC
 * 9110, section 12.4.2).
 */
final class EventFormat {

  /** What a handler beside this one must name first, for Spring to prefer it where it is meant. */
  static final String JSON = MediaType.APPLICATION_JSON_VALUE;

  static final String NDJSON = "application/x-ndjson";

  /** The one that is preferred, all else being equal, comes first. */
  private static final List<MediaType> OFFERED =
      List.of(
          MediaType.APPLICATION_JSON,
          MediaType.parseMediaType(NDJSON),
          MediaType.parseMediaType("application/ndjson"),
          MediaType.parseMediaType("application/jsonl"));

  private EventFormat() {}

  /** An offered type and the part of {@code Accept} that takes it. */
  private record Match(MediaType offered, MediaType accepted, int position) {

    /** By weight, then by how precisely it is named, then by which is named first. */
    static final Comparator<Match> ORDER =
        Comparator.comparingDouble((Match match) -> match.accepted.getQualityValue())
            .thenComparingInt(match -> precision(match.accepted))
            .thenComparing(Comparator.comparingInt(Match::position).reversed());
  }

  /**
   * The media type that a client wants most.
   *
   * @param accept the values of its {@code Accept} headers
   * @throws ErrorResponseException 406, naming the types there are, when it takes none of them
   */
  static MediaType negotiate(Iterable<String> accept) {
    List<MediaType> accepted;
    try {
      accepted = MediaType.parseMediaTypes(String.join(",", accept));
    } catch (InvalidMediaTypeException malformed) {
      throw notAcceptable();
    }
    if (accepted.isEmpty()) {
      return MediaType.APPLICATION_JSON;
    }
    Match best = null;
    for (MediaType offered : OFFERED) {
      Match match = match(offered, accepted);
      if (match != null && (best == null || Match.ORDER.compare(match, best) > 0)) {
        best = match;
      }
    }
    if (best == null) {
      throw notAcceptable();
    }
    return best.offered;
  }

  /** The most precise part that takes the type decides, be it for a weight of zero. */
  private static @Nullable Match match(MediaType offered, List<MediaType> accepted) {
    return IntStream.range(0, accepted.size())
        .filter(i -> accepted.get(i).includes(offered))
        .boxed()
        .max(Comparator.comparingInt(i -> precision(accepted.get(i))))
        .map(i -> new Match(offered, accepted.get(i), i))
        .filter(match -> match.accepted.getQualityValue() > 0)
        .orElse(null);
  }

  private static int precision(MediaType type) {
    return type.isWildcardType() ? 0 : type.isWildcardSubtype() ? 1 : 2;
  }

  static boolean isNdjson(MediaType type) {
    return !type.equals(MediaType.APPLICATION_JSON);
  }

  private static ErrorResponseException notAcceptable() {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.NOT_ACCEPTABLE,
            "Events come as application/json, as "
                + NDJSON
                + " (application/ndjson and application/jsonl name the same) or as"
                + " text/event-stream: ask for one of them in Accept.");
    return new ErrorResponseException(HttpStatus.NOT_ACCEPTABLE, problem, null);
  }
}
