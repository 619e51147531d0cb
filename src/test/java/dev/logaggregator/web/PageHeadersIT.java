package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told about our pages, and spared about everything else. */
class PageHeadersIT {

  private final RunningAggregator aggregator = RunningAggregator.shared();

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/swagger-ui/index.html"})
  void aPageLoadsNothingFromElsewhereAndRunsNoScriptButItsFiles(String page) {
    HttpHeaders headers = aggregator.get(page).headers();

    assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'")
        .contains("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http", "*");
    assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  /** Two releases have files of the same time, because the build gives it to all. */
  @ParameterizedTest
  @ValueSource(strings = {"/index.html", "/swagger-ui/index.html"})
  void aPageIsAskedForAgainAfterAnUpdate(String page) {
    HttpHeaders headers = aggregator.get(page).headers();

    assertThat(headers.firstValue("Cache-Control")).contains("no-cache");
    assertThat(headers.firstValue("Last-Modified")).isEmpty();
  }

  @Test
  void anAnswerThatIsNoPageIsSparedWhatOnlyPagesNeed() {
    HttpHeaders headers = aggregator.get("/events?limit=1").headers();

    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Content-Security-Policy")).isEmpty();
  }
}
