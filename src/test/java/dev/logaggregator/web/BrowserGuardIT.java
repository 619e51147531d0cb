package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard from outside; {@link BrowserGuardTest} has all combinations. */
class BrowserGuardIT {

  private static final String PAGE = "https://dashboard.example";

  private static RunningAggregator aggregator;

  @BeforeAll
  static void start() {
    aggregator =
        RunningAggregator.start(
            "aggregator.web.allowed-origins=" + PAGE,
            "aggregator.web.allowed-hosts=logs.corp.example");
  }

  @AfterAll
  static void stop() {
    aggregator.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/publish", "/events", "/stats", "/topics", "/actuator/health", "/nothing"})
  void noRouteIsOpenToForeignPages(String path) {
    HttpResponse<String> response = aggregator.get(path, "Origin", "https://evil.example");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(RunningAggregator.json(response).path("detail").stringValue())
        .contains("aggregator.web.allowed-origins");
  }

  @Test
  void aFormOfAForeignPageIsRefusedThoughItNeedsNoPreflight() {
    HttpResponse<String> response =
        aggregator.post(
            "/publish/guarded",
            "text/plain",
            "x",
            "Origin",
            "https://evil.example",
            "Sec-Fetch-Site",
            "cross-site");

    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void anImageOfAForeignPageIsRefusedThoughItHasNoOrigin() {
    assertThat(aggregator.get("/v3/api-docs", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
  }

  @Test
  void ourOwnPagesAndTypedAddressesPass() {
    String origin = "http://localhost:" + aggregator.port();

    assertThat(
            aggregator
                .get("/v3/api-docs", "Origin", origin, "Sec-Fetch-Site", "same-origin")
                .statusCode())
        .isEqualTo(200);
    assertThat(aggregator.get("/v3/api-docs", "Sec-Fetch-Site", "none").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aReboundNameIsRefusedAndAListedOneIsNot() {
    assertThat(underHost("evil.example").status()).isEqualTo(403);
    assertThat(underHost("logs.corp.example").status()).isEqualTo(200);
  }

  private RawHttp underHost(String host) {
    return RawHttp.exchange(
        aggregator.port(),
        """
        GET /v3/api-docs HTTP/1.1
        Host: %1$s
        Origin: http://%1$s
        Sec-Fetch-Site: same-origin
        Connection: close

        """
            .formatted(host));
  }

  @Test
  void anAllowedPageMayAskFirstAndThenDo() {
    HttpResponse<String> preflight =
        aggregator.send(
            aggregator
                .request(
                    "/topics/any",
                    "Origin",
                    PAGE,
                    "Access-Control-Request-Method",
                    "DELETE",
                    "Access-Control-Request-Headers",
                    "if-none-match")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());
    HttpResponse<String> read =
        aggregator.get("/v3/api-docs", "Origin", PAGE, "Sec-Fetch-Site", "cross-site");

    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("DELETE");
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
    assertThat(read.headers().allValues("Vary")).contains("Origin");
  }

  @Test
  void pagesOfAllowedSitesMayReadTheHeadersOfDownloads() {
    HttpResponse<String> response =
        aggregator.get("/events", "Origin", PAGE, "Accept", "application/x-ndjson");

    assertThat(response.headers().firstValue("X-Log-Cursor")).isPresent();
    assertThat(response.headers().allValues("Access-Control-Expose-Headers").toString())
        .contains("X-Log-Cursor", "X-Log-Gap");
  }
}
