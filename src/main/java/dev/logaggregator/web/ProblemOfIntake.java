package dev.logaggregator.web;

import dev.logaggregator.intake.IntakeException;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;

/** What a caller is told whose body was not taken in, or not to its end. */
final class ProblemOfIntake {

  private ProblemOfIntake() {}

  static ErrorResponse exception(IntakeException exception) {
    return switch (exception) {
      case IntakeException.NoEvent e -> invalid(e).build();
      case IntakeException.SeveralEvents e -> invalid(e).build();
      case IntakeException.NothingStored e -> nothingStored(e);
      case IntakeException.BodyTooLarge e ->
          problem(e, HttpStatus.CONTENT_TOO_LARGE, "request-too-large", "Request too large")
              .build();
      case IntakeException.EventTooLarge e -> eventTooLarge(e);
      case IntakeException.BodyTooSlow e ->
          problem(e, HttpStatus.REQUEST_TIMEOUT, "body-too-slow", "Body too slow").build();
      case IntakeException.UnreadableBody e ->
          problem(e, HttpStatus.BAD_REQUEST, "unreadable-body", "Unreadable body").build();
      case IntakeException.UnknownEncoding e -> unknownEncoding(e);
      case IntakeException.ShuttingDown e -> shuttingDown(e);
    };
  }

  private static ErrorResponse nothingStored(IntakeException.NothingStored e) {
    String field = e.field();
    if (e.isTooLarge()) {
      return eventTooLarge(e);
    }
    return field == null
        ? invalid(e).build()
        : invalid(e).title("Invalid " + field).property("field", field).build();
  }

  private static ErrorResponse eventTooLarge(IntakeException e) {
    return problem(e, HttpStatus.CONTENT_TOO_LARGE, "event-too-large", "Event too large").build();
  }

  private static ErrorResponse unknownEncoding(IntakeException e) {
    return problem(
            e,
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-encoding",
            "Unsupported content encoding")
        .header(
            HttpHeaders.ACCEPT_ENCODING, String.join(", ", IntakeException.UnknownEncoding.KNOWN))
        .build();
  }

  private static ErrorResponse shuttingDown(IntakeException e) {
    return problem(
            e, HttpStatus.SERVICE_UNAVAILABLE, "not-accepting", "The log takes no events now")
        .header(HttpHeaders.RETRY_AFTER, ProblemOf.STORE_RETRY_AFTER_SECONDS)
        .build();
  }

  private static ErrorResponse.Builder invalid(IntakeException e) {
    return problem(e, HttpStatus.BAD_REQUEST, "invalid-input", "Invalid request");
  }

  private static ErrorResponse.Builder problem(
      IntakeException e, HttpStatus status, String type, String title) {
    return ErrorResponse.builder(e, status, e.detail())
        .type(URI.create(ProblemOf.TYPES + type))
        .title(title);
  }
}
