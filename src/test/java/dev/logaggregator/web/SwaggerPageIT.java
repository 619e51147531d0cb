package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that describes the API comes from the jar and asks nobody else. */
class SwaggerPageIT {

  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  private final RunningAggregator aggregator = RunningAggregator.shared();

  @Test
  void swaggerUiHtmlLeadsToThePage() {
    HttpResponse<String> response = aggregator.get("/swagger-ui.html");

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location")).contains("swagger-ui/index.html");
  }

  @Test
  void everyFileOfThePageComesFromHere() {
    List<String> references =
        REFERENCE
            .matcher(aggregator.get("/swagger-ui/index.html").body())
            .results()
            .map((MatchResult result) -> result.group(1))
            .toList();

    assertThat(references).hasSizeGreaterThanOrEqualTo(5).noneMatch(this::leadsElsewhere);
    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(aggregator.get("/swagger-ui/" + reference).statusCode()).isEqualTo(200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "index.css", "swagger-initializer.js"})
  void whatStartsThePageNamesNoOtherHost(String file) {
    assertThat(leadsElsewhere(aggregator.get("/swagger-ui/" + file).body())).isFalse();
  }

  @Test
  void thePageShowsOurDescriptionAndSendsItToNoValidator() {
    assertThat(aggregator.get("/swagger-ui/swagger-initializer.js").body())
        .contains("url: '../v3/api-docs'", "validatorUrl: null");
  }

  @Test
  void thePageOfTheLibraryItselfIsNotServed() {
    assertThat(aggregator.get("/webjars/swagger-ui/index.html").statusCode()).isEqualTo(404);
  }

  private boolean leadsElsewhere(String text) {
    return text.contains("//") && text.matches("(?s).*(https?:)?//[a-z0-9.-]+\\.[a-z]{2,}.*");
  }
}
