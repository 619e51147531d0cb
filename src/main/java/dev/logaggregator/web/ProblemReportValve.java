package dev.logaggregator.web;

import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/** Answers with problem details where a request failed before or beside Spring MVC. */
final class ProblemReportValve extends ErrorReportValve {

  private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

  private static final String RETRY_AFTER_SECONDS = "5";

  /** In the words of the JVM's language; there is no exception of its own for it. */
  private static final String HEADER_TOO_LARGE =
      StringManager.getManager(Http11InputBuffer.class)
          .getString("iib.requestheadertoolarge.error");

  private final ProblemWriter writer;

  ProblemReportValve(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()
        || !canStillWrite(response)) {
      return;
    }
    int status = blamed(request, response.getStatus());
    if (status == 503 && !response.containsHeader(HttpHeaders.RETRY_AFTER)) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    if (status == 431) {
      // The rest of the headers was not read. For other errors of this kind, Tomcat says it itself.
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    try {
      writer.write(problem(request, status), request.getRequestURI(), response);
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      log.debug("The client could not be told of the error {}", status, e);
    }
  }

  /** What the handler has to say of it, which knows more than the status. */
  private static ProblemDetail problem(Request request, int status) {
    return request.getAttribute(ProblemResolver.PROBLEM) instanceof ErrorResponse problem
            && problem.getStatusCode().is4xxClientError()
        ? problem.getBody()
        : ProblemDetail.forStatus(status);
  }

  /** Who has to change something, more exactly than Tomcat says. */
  private static int blamed(Request request, int status) {
    return switch (status) {
      case 400 -> isHeaderTooLarge(request) ? 431 : status;
      // Unknown methods, codings and versions; a 5xx would say that the fault is ours.
      case 501, 505 -> 400;
      default -> status;
    };
  }

  private static boolean isHeaderTooLarge(Request request) {
    return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION)
            instanceof IllegalArgumentException e
        && HEADER_TOO_LARGE.equals(e.getMessage());
  }

  private static boolean canStillWrite(Response response) {
    AtomicBoolean allowed = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
    return allowed.get();
  }
}
