package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** The guard over every combination of what a browser says of itself. */
class BrowserGuardTest {

  private static final WebSettings SETTINGS =
      new WebSettings(Set.of("logs.corp.example"), Set.of("https://dashboard.example"));

  private final BrowserGuard guard =
      new BrowserGuard(SETTINGS, new ProblemWriter(JsonMapper.builder().build()));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Host                  Origin                            Sec-Fetch-Site
        // Other programs say neither, nor does a browser that reads from its own site.
        "localhost:8080,         -,                                -",
        "aggregator:8080,        -,                                -",
        "10.0.0.7:8080,          -,                                -",
        "logs.corp.example,      -,                                -",
        // Our own pages.
        "localhost:8080,         http://localhost:8080,            -",
        "localhost:8080,         http://localhost:8080,            same-origin",
        "LOCALHOST:8080,         http://localhost:8080,            same-origin",
        "localhost:8080,         -,                                same-origin",
        "127.0.0.1:8080,         http://127.0.0.1:8080,            same-origin",
        "[::1]:8080,             http://[::1]:8080,                -",
        "localhost,              http://localhost,                 -",
        "localhost:80,           http://localhost,                 -",
        "logs.corp.example,      http://logs.corp.example,         -",
        // A proxy ended TLS, which the browser itself vouches for.
        "logs.corp.example,      https://logs.corp.example,        same-origin",
        "logs.corp.example:443,  https://logs.corp.example,        same-origin",
        // An address that was typed, or a bookmark.
        "localhost:8080,         -,                                none",
        "logs.corp.example,      -,                                none",
        // Another site, but one that is allowed.
        "localhost:8080,         https://dashboard.example,        cross-site",
        "localhost:8080,         https://dashboard.example,        -",
      })
  void letsPass(String host, String origin, String site) throws Exception {
    assertThat(statusOf(request(host, origin, site))).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Host                  Origin                            Sec-Fetch-Site
        // Pages of other sites.
        "localhost:8080,         http://evil.example,              cross-site",
        "localhost:8080,         http://evil.example,              -",
        "localhost:8080,         http://evil.example:8080,         -",
        "localhost:8080,         -,                                cross-site",
        "localhost:8080,         -,                                same-site",
        "localhost:8080,         -,                                unheard-of",
        // Other services of this machine are other origins.
        "localhost:8080,         http://localhost:3000,            same-site",
        "localhost:8080,         http://localhost,                 -",
        "localhost:8080,         http://127.0.0.1:8080,            -",
        "localhost:8080,         https://localhost:8080,           -",
        // Contradictions.
        "localhost:8080,         http://evil.example,              same-origin",
        "localhost:8080,         http://evil.example,              none",
        "localhost:8080,         http://localhost:8080,            cross-site",
        // Sandboxed frames and files.
        "localhost:8080,         null,                             -",
        "localhost:8080,         file://,                          -",
        "localhost:8080,         '',                               -",
        // Rebinding: same-origin to the browser, but under a strange name.
        "evil.example:8080,      http://evil.example:8080,         same-origin",
        "evil.example:8080,      http://evil.example:8080,         -",
        "evil.example:8080,      -,                                same-origin",
        "evil.example:8080,      -,                                none",
        "-,                      -,                                none",
        "evil.example:8080,      -,                                -",
        "-,                      -,                                -",
        "'',                     -,                                -",
        // However dear the page is, under a strange name it may be somebody else's.
        "evil.example:8080,      https://dashboard.example,        cross-site",
        // Nearly allowed.
        "localhost:8080,         http://dashboard.example,         cross-site",
        "localhost:8080,         https://dashboard.example:444,    cross-site",
        "localhost:8080,         https://dashboard.example.evil,   cross-site",
      })
  void refuses(String host, String origin, String site) throws Exception {
    assertThat(statusOf(request(host, origin, site))).isEqualTo(403);
  }

  @Test
  void saysWhichSettingWouldAllowTheHost() throws Exception {
    MockHttpServletResponse response =
        answer(request("logs.other.example", "http://logs.other.example", null));

    assertThat(response.getContentType()).isEqualTo("application/problem+json");
    assertThat(response.getContentAsString())
        .contains("logs.other.example", "aggregator.web.allowed-hosts");
  }

  @Test
  void takesNoProxysWordForTheHost() throws Exception {
    MockHttpServletRequest request = request("evil.example", null, null);
    request.addHeader("X-Forwarded-Host", "localhost");
    request.addHeader("Forwarded", "host=localhost");

    assertThat(statusOf(request)).isEqualTo(403);
  }

  @Test
  void saysThatAHostIsNeeded() throws Exception {
    assertThat(answer(request(null, null, null)).getContentAsString())
        .contains("must say its Host", "aggregator.web.allowed-hosts");
  }

  @Test
  void saysWhichSettingWouldAllowTheOrigin() throws Exception {
    MockHttpServletResponse response =
        answer(request("localhost", "https://other.example", "cross-site"));

    assertThat(response.getContentAsString())
        .contains("https://other.example", "aggregator.web.allowed-origins");
  }

  @Test
  void answersThePreflightOfAnAllowedOriginItself() throws Exception {
    MockHttpServletRequest preflight =
        request("localhost", "https://dashboard.example", "cross-site");
    preflight.setMethod("OPTIONS");
    preflight.addHeader("Access-Control-Request-Method", "DELETE");
    preflight.addHeader("Access-Control-Request-Headers", "content-type, idempotency-key");
    MockFilterChain chain = new MockFilterChain();
    MockHttpServletResponse response = new MockHttpServletResponse();

    guard.doFilter(preflight, response, chain);

    assertThat(chain.getRequest()).isNull();
    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getHeader("Access-Control-Allow-Origin"))
        .isEqualTo("https://dashboard.example");
    assertThat(response.getHeader("Access-Control-Allow-Methods")).contains("DELETE");
    assertThat(response.getHeader("Access-Control-Allow-Headers"))
        .contains("content-type", "idempotency-key");
  }

  @Test
  void refusesThePreflightOfAnyOtherOrigin() throws Exception {
    MockHttpServletRequest preflight = request("localhost", "https://evil.example", "cross-site");
    preflight.setMethod("OPTIONS");
    preflight.addHeader("Access-Control-Request-Method", "DELETE");

    MockHttpServletResponse response = answer(preflight);

    assertThat(response.getStatus()).isEqualTo(403);
    assertThat(response.getHeader("Access-Control-Allow-Origin")).isNull();
  }

  @Test
  void letsAnAllowedPageReadTheHeadersThatItNeeds() throws Exception {
    MockHttpServletResponse response =
        answer(request("localhost", "https://dashboard.example", "cross-site"));

    assertThat(response.getHeader("Access-Control-Expose-Headers")).contains("ETag", "Retry-After");
    assertThat(response.getHeaders("Vary")).contains("Origin");
  }

  private static MockHttpServletRequest request(String host, String origin, String site) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/events");
    if (host != null) {
      request.addHeader("Host", host);
    }
    if (origin != null) {
      request.addHeader("Origin", origin);
    }
    if (site != null) {
      request.addHeader("Sec-Fetch-Site", site);
    }
    return request;
  }

  private int statusOf(MockHttpServletRequest request) throws IOException, ServletException {
    return answer(request).getStatus();
  }

  private MockHttpServletResponse answer(MockHttpServletRequest request)
      throws IOException, ServletException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    guard.doFilter(request, response, new MockFilterChain());
    return response;
  }
}
