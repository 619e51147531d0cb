package dev.logaggregator.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.stereotype.Component;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers with problem details (RFC 9457), whatever the {@code Accept} header says: a caller that
 * can't read JSON is still better served by it than by nothing.
 */
@Component
final class ProblemWriter {

  private static final URI NO_TYPE = URI.create("about:blank");

  private final JsonMapper json;

  ProblemWriter(JsonMapper json) {
    this.json =
        json.rebuild()
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
  }

  /**
   * Completes the problem and writes it as the answer. Headers set before stay.
   *
   * @param path what was asked for, as it was sent; null if unknown
   */
  void write(ProblemDetail problem, @Nullable String path, HttpServletResponse response)
      throws IOException {
    complete(problem, path);
    byte[] body = json.writeValueAsBytes(problem);
    response.setStatus(problem.getStatus());
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static void complete(ProblemDetail problem, @Nullable String path) {
    HttpStatus status = HttpStatus.resolve(problem.getStatus());
    if (problem.getType() == null) {
      problem.setType(NO_TYPE);
    }
    if (problem.getTitle() == null) {
      problem.setTitle(status == null ? "HTTP " + problem.getStatus() : status.getReasonPhrase());
    }
    if (problem.getDetail() == null) {
      problem.setDetail(StatusAdvice.of(problem.getStatus()));
    }
    if (problem.getInstance() == null && path != null) {
      problem.setInstance(instance(path));
    }
  }

  /** Tomcat lets characters pass that no URI may hold. */
  private static @Nullable URI instance(String path) {
    try {
      return new URI(path);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
