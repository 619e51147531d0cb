package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What fails before Spring sees it is a problem detail all the same. */
class ProblemsFromTomcatIT {

  private static final String END = "Host: localhost\nConnection: close\n\n";

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of("no request line", 400, "GARBAGE\n\n"),
        Arguments.of("an unknown version", 400, "GET / HTTP/9.9\n" + END),
        Arguments.of("a method that is not a token", 400, "G(T / HTTP/1.1\n" + END),
        Arguments.of("a brace in the path", 400, "GET /a{b HTTP/1.1\n" + END),
        Arguments.of("bytes beyond ASCII in the path", 400, "GET /\u00e4 HTTP/1.1\n" + END),
        Arguments.of("a broken percent-encoding", 400, "GET /a%zz HTTP/1.1\n" + END),
        Arguments.of("a percent-encoding that is not UTF-8", 400, "GET /a%ff HTTP/1.1\n" + END),
        Arguments.of("an encoded slash", 400, "GET /publish/a%2Fb HTTP/1.1\n" + END),
        Arguments.of("an encoded NUL", 400, "GET /publish/a%00b HTTP/1.1\n" + END),
        Arguments.of("a path that leaves the root", 400, "GET /../secret HTTP/1.1\n" + END),
        Arguments.of("no host", 400, "GET / HTTP/1.1\nConnection: close\n\n"),
        Arguments.of("two hosts", 400, "GET / HTTP/1.1\nHost: a\n" + END),
        Arguments.of(
            "a host that is none", 400, "GET / HTTP/1.1\nHost: a b\nConnection: close\n\n"),
        Arguments.of("a header name with a space", 400, "GET / HTTP/1.1\nBad Name: x\n" + END),
        Arguments.of("a length that is none", 400, "POST / HTTP/1.1\nContent-Length: 1x\n" + END),
        Arguments.of("an unknown coding", 400, "POST / HTTP/1.1\nTransfer-Encoding: x\n" + END),
        Arguments.of("CONNECT", 400, "CONNECT localhost:80 HTTP/1.1\n" + END),
        Arguments.of("TRACE", 405, "TRACE / HTTP/1.1\n" + END),
        Arguments.of("an unknown expectation", 417, "GET / HTTP/1.1\nExpect: more\n" + END),
        Arguments.of("a long header", 431, "GET / HTTP/1.1\nX: " + "x".repeat(20_000) + "\n" + END),
        Arguments.of("a long query", 431, "GET /?" + "x".repeat(20_000) + " HTTP/1.1\n" + END));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void answersWithProblemDetails(String what, int status, String request) {
    RawHttp answer = RawHttp.exchange(RunningAggregator.shared().port(), request);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers())
        .containsEntry("content-type", "application/problem+json")
        .containsEntry("x-content-type-options", "nosniff")
        .doesNotContainKey("server");
    assertThat(answer.json().path("status").intValue()).isEqualTo(status);
    assertThat(answer.json().path("type").stringValue()).isEqualTo("about:blank");
    assertThat(answer.json().path("title").stringValue()).isNotBlank();
    assertThat(answer.json().path("detail").stringValue()).isNotBlank();
    assertThat(answer.body()).doesNotContain("Exception", "org.apache", "Tomcat");
  }
}
