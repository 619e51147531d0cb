package dev.logaggregator.publish;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request that is turned away, or broken off, and why. Carries no stack trace: the caller is told
 * everything there is to say.
 */
final class Refusal extends ErrorResponseException {

  private static final String TYPES = "urn:problem:pubsub-log-aggregator:";

  /** Large requests come and go. */
  private static final String BUSY_RETRY_SECONDS = "1";

  /** A store that starts or stops does so in seconds. */
  private static final String STORE_RETRY_SECONDS = "5";

  /** Topics go when retention drops their last events: not at once. */
  private static final String TOPICS_RETRY_SECONDS = "60";

  private Refusal(HttpStatus status, String type, String title, String detail) {
    super(status, problem(status, type, title, detail), null);
  }

  private static ProblemDetail problem(
      HttpStatus status, String type, String title, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(TYPES + type));
    problem.setTitle(title);
    return problem;
  }

  /** There is nothing in the body. */
  static Refusal empty() {
    return invalid("The body has no event: send at least one.");
  }

  /** The body as a whole is none of what the contract allows. */
  static Refusal invalid(String detail) {
    return new Refusal(HttpStatus.BAD_REQUEST, "invalid-input", "Invalid request", detail);
  }

  /** The only event, or each of several, is invalid. */
  static Refusal invalid(@Nullable String field, String detail) {
    if (field == null) {
      return invalid(detail);
    }
    Refusal refusal =
        new Refusal(HttpStatus.BAD_REQUEST, "invalid-input", "Invalid " + field, detail);
    refusal.getBody().setProperty("field", field);
    return refusal;
  }

  /** Reading the body failed: it is cut short, or not in the encoding that it claims. */
  static Refusal unreadable(String detail) {
    return new Refusal(HttpStatus.BAD_REQUEST, "unreadable-body", "Unreadable body", detail);
  }

  /** The body comes slower than allowed, or stopped coming. */
  static Refusal tooSlow(String detail) {
    return new Refusal(HttpStatus.REQUEST_TIMEOUT, "body-too-slow", "Body too slow", detail);
  }

  /** One event is larger than allowed. */
  static Refusal eventTooLarge(String detail) {
    return new Refusal(HttpStatus.CONTENT_TOO_LARGE, "event-too-large", "Event too large", detail);
  }

  /** The whole request is larger than allowed. */
  static Refusal requestTooLarge(String detail) {
    return new Refusal(
        HttpStatus.CONTENT_TOO_LARGE, "request-too-large", "Request too large", detail);
  }

  /** None of the content types of this route. */
  static Refusal unsupportedType(String detail, List<String> supported) {
    return unsupported(
        "unsupported-type", "Unsupported content type", detail, HttpHeaders.ACCEPT, supported);
  }

  /** None of the content encodings. */
  static Refusal unsupportedEncoding(String detail, List<String> supported) {
    return unsupported(
        "unsupported-encoding",
        "Unsupported content encoding",
        detail,
        HttpHeaders.ACCEPT_ENCODING,
        supported);
  }

  private static Refusal unsupported(
      String type, String title, String detail, String header, List<String> supported) {
    Refusal refusal = new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, type, title, detail);
    refusal.getHeaders().set(header, String.join(", ", supported));
    return refusal;
  }

  /** A topic too many, after something was stored. */
  static Refusal tooManyTopics(String detail) {
    return new Refusal(HttpStatus.TOO_MANY_REQUESTS, "too-many-topics", "Too many topics", detail)
        .retryAfter(TOPICS_RETRY_SECONDS);
  }

  /** The store takes no more, after something was stored. */
  static Refusal unavailable(String detail) {
    return new Refusal(
            HttpStatus.SERVICE_UNAVAILABLE, "not-accepting", "The log takes no events now", detail)
        .retryAfter(STORE_RETRY_SECONDS);
  }

  /** Too much is going on at once. */
  static Refusal busy(String detail) {
    return new Refusal(HttpStatus.TOO_MANY_REQUESTS, "too-busy", "Too much at once", detail)
        .retryAfter(BUSY_RETRY_SECONDS);
  }

  private Refusal retryAfter(String seconds) {
    getHeaders().set(HttpHeaders.RETRY_AFTER, seconds);
    return this;
  }

  /** Says how far the request got, in the members of a receipt. */
  Refusal with(Map<String, Object> receipt) {
    receipt.forEach(getBody()::setProperty);
    return this;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
