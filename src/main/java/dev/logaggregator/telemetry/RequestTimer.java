package dev.logaggregator.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Times the requests of one route. Its timers are made once: the usual filter looks one up by its
 * tags for each request, which costs more than a publish does.
 *
 * <p>Server-sent events and long polls are left out: how long they last is up to the client.
 */
@SuppressWarnings("serial") // a filter is never serialized
final class RequestTimer extends HttpFilter {

  private static final int SERVER_ERROR = 500;
  private static final int CLIENT_ERROR = 400;

  private final Timer success;
  private final Timer clientError;
  private final Timer serverError;

  RequestTimer(MeterRegistry registry, String name, String description) {
    success = timer(registry, name, description, "SUCCESS");
    clientError = timer(registry, name, description, "CLIENT_ERROR");
    serverError = timer(registry, name, description, "SERVER_ERROR");
  }

  private static Timer timer(
      MeterRegistry registry, String name, String description, String outcome) {
    return Timer.builder(name).description(description).tag("outcome", outcome).register(registry);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long start = System.nanoTime();
    boolean returned = false;
    try {
      chain.doFilter(request, response);
      returned = true;
    } finally {
      if (!lastsAsTheClientLikes(request, response)) {
        of(returned ? response.getStatus() : SERVER_ERROR)
            .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      }
    }
  }

  private Timer of(int status) {
    return status >= SERVER_ERROR ? serverError : status >= CLIENT_ERROR ? clientError : success;
  }

  private static boolean lastsAsTheClientLikes(
      HttpServletRequest request, HttpServletResponse response) {
    String query = request.getQueryString();
    String type = response.getContentType();
    return (query != null && query.contains("wait="))
        || (type != null && type.startsWith("text/event-stream"))
        || request.isAsyncStarted();
  }
}
