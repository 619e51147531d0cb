package dev.logaggregator.web;

import dev.logaggregator.request.ClientConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * The one place that turns exceptions of handlers into answers. A resolver rather than a controller
 * advice: it can decline, which is what ends a connection whose answer has already begun, so that
 * the client doesn't take half of it for the whole.
 */
final class ProblemResolver implements HandlerExceptionResolver {

  private static final Logger log = LoggerFactory.getLogger(ProblemResolver.class);

  /**
   * The request attribute that holds what the handler's exception was turned into. When reading a
   * body fails, Tomcat takes the answer out of our hands, and {@link ProblemReportValve} gives it.
   */
  static final String PROBLEM = ProblemResolver.class.getName() + ".problem";

  private final ProblemWriter writer;

  ProblemResolver(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception exception) {
    ErrorResponse problem = ProblemOf.exception(exception, request);
    if (problem == null) {
      log.debug("The client went away from {} {}", request.getMethod(), request.getRequestURI());
      return new ModelAndView();
    }
    request.setAttribute(PROBLEM, problem);
    boolean overload = HttpStatus.SERVICE_UNAVAILABLE.equals(problem.getStatusCode());
    boolean ours = problem.getStatusCode().is5xxServerError() && !overload;
    if (response.isCommitted()) {
      if (overload) {
        breakOff(request);
      }
      // Of a body that can't be read, the report of Tomcat's error will tell.
      return ours ? null : new ModelAndView();
    }
    if (ours) {
      log.error("{} {} failed", request.getMethod(), request.getRequestURI(), exception);
    }
    problem
        .getHeaders()
        .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    try {
      writer.write(problem.getBody(), request.getRequestURI(), response);
    } catch (IOException e) {
      log.debug("The client went away before it was told what went wrong", e);
    }
    return new ModelAndView();
  }

  /** What has begun and can't be completed, for want of memory say, must not pass for the whole. */
  private static void breakOff(HttpServletRequest request) {
    ClientConnection.of(request).cutOff();
  }
}
