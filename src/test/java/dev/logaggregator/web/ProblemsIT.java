package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What no controller answers. */
class ProblemsIT {

  private final RunningAggregator aggregator = RunningAggregator.shared();

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/nothing/here", "/error", "/publish/a/b/c", "/favicon.ico"})
  void anUnknownPathIsA404ThatLeadsToTheDescription(String path) {
    JsonNode problem = problem(aggregator.get(path), 404);

    assertThat(problem.path("title").stringValue()).isEqualTo("Not Found");
    assertThat(problem.path("detail").stringValue()).contains("GET " + path, "/v3/api-docs");
    assertThat(problem.path("instance").stringValue()).isEqualTo(path);
  }

  @Test
  void anUnknownPathIsA404ForEveryMethod() {
    problem(aggregator.post("/nothing", "application/json", "{}"), 404);
    problem(aggregator.put("/nothing", "text/plain", "x"), 404);
    problem(aggregator.delete("/nothing"), 404);
  }

  @Test
  void aWrongMethodIsA405ThatNamesTheRightOnes() {
    HttpResponse<String> response = aggregator.post("/v3/api-docs", "application/json", "{}");

    JsonNode problem = problem(response, 405);
    assertThat(response.headers().firstValue("Allow")).contains("GET");
    assertThat(problem.path("detail").stringValue()).isEqualTo("Use GET, not POST.");
  }

  @Test
  void anUnacceptableAnswerIsA406ThatNamesTheAcceptableOnes() {
    JsonNode problem = problem(aggregator.get("/actuator/health", "Accept", "image/png"), 406);

    assertThat(problem.path("detail").stringValue()).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/event-stream", "application/x-ndjson", "image/png"})
  void aProblemIsJsonWhateverWasAskedFor(String accept) {
    problem(aggregator.get("/nothing", "Accept", accept), 404);
  }

  @Test
  void anAcceptHeaderThatIsNoneIsThe406OfItsSender() {
    problem(aggregator.get("/actuator/health", "Accept", "nonsense"), 406);
  }

  @Test
  void aQueryThatCannotBeReadIsA400() {
    RawHttp answer =
        RawHttp.exchange(
            aggregator.port(),
            "GET /events?topic=%zz HTTP/1.1\nHost: localhost\nConnection: close\n\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(answer.json().path("detail").stringValue()).contains("The query");
  }

  @Test
  void anAnswerIsNeverSniffed() {
    assertThat(aggregator.get("/v3/api-docs").headers().firstValue("X-Content-Type-Options"))
        .contains("nosniff");
  }

  private static JsonNode problem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = RunningAggregator.json(response);
    assertThat(problem.path("status").intValue()).isEqualTo(status);
    assertThat(problem.path("type").stringValue()).isNotBlank();
    assertThat(problem.path("detail").stringValue()).isNotBlank();
    return problem;
  }
}
