package dev.logaggregator.publish;

import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A content type that is none of those of the route. */
final class UnsupportedTypeException extends ErrorResponseException {

  UnsupportedTypeException(String detail, List<String> supported) {
    super(HttpStatus.UNSUPPORTED_MEDIA_TYPE, problem(detail), null);
    getHeaders().set(HttpHeaders.ACCEPT, String.join(", ", supported));
  }

  private static ProblemDetail problem(String detail) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail);
    problem.setType(URI.create("urn:problem:pubsub-log-aggregator:unsupported-type"));
    problem.setTitle("Unsupported content type");
    return problem;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
