package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request under a strange name is refused, however the name is said and whatever it asks for. */
class UnknownHostIT {

  private static RunningAggregator aggregator;

  @BeforeAll
  static void start() {
    aggregator =
        RunningAggregator.start(
            "aggregator.web.allowed-hosts=logs.corp.example",
            "server.http2.enabled=true",
            // As in Kubernetes: what proxies say is believed, but not about the host.
            "server.forward-headers-strategy=native");
  }

  @AfterAll
  static void stop() {
    aggregator.close();
  }

  private static RawHttp exchange(String head) {
    return RawHttp.exchange(aggregator.port(), head + "\nConnection: close\n\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET /index.html",
        "GET /dashboard/main.js",
        "GET /swagger-ui.html",
        "GET /swagger-ui/index.html",
        "GET /v3/api-docs",
        "GET /events",
        "GET /stats",
        "GET /topics",
        "GET /subscriptions",
        "GET /actuator/health",
        "GET /actuator/health/liveness",
        "GET /actuator/info",
        "GET /actuator/prometheus",
        "GET /actuator/env",
        "GET /nothing/at/all",
        "GET //events",
        "GET /events;a=b",
        "POST /publish",
        "POST /events",
        "PUT /subscriptions/x",
        "DELETE /topics/x",
        "HEAD /stats",
        "OPTIONS /events",
        "PATCH /events",
        "BREW /coffee"
      })
  void noRouteIsServedNorTold(String request) {
    RawHttp answer = exchange(request + " HTTP/1.1\nHost: evil.example:8080\nContent-Length: 0");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    if (!request.startsWith("HEAD")) {
      assertThat(answer.json().path("title").stringValue()).isEqualTo("Unknown host");
      assertThat(answer.json().path("detail").stringValue())
          .contains("evil.example:8080", "aggregator.web.allowed-hosts");
    }
  }

  /**
   * What Tomcat refuses by itself says nothing of the service but that the request is malformed.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | GET /stats HTTP/1.0",
        "403 | GET /stats HTTP/1.1~Host:",
        "403 | GET /stats HTTP/1.0~Host:",
        "403 | GET /stats HTTP/1.1~Host: evil.example.",
        "403 | GET /stats HTTP/1.1~Host: EVIL.example",
        "403 | GET /stats HTTP/1.1~Host: 127.0.0.1.nip.io",
        "403 | GET /stats HTTP/1.1~Host: evil.example~X-Forwarded-Host: localhost",
        "403 | GET /stats HTTP/1.1~Host: evil.example~X-Forwarded-For: 10.0.0.1~X-Forwarded-Host:"
            + " localhost",
        "403 | GET /stats HTTP/1.1~Host: evil.example~Forwarded: host=localhost",
        "403 | GET /stats HTTP/1.1~Host: evil.example~X-Host: localhost~X-Original-Host: localhost",
        "403 | GET http://evil.example/stats HTTP/1.1~Host: evil.example",
        "400 | GET /stats HTTP/1.1",
        "400 | GET /stats HTTP/1.1~Host: localhost~Host: evil.example",
        "400 | GET /stats HTTP/1.1~Host: evil.example~Host: localhost",
        "400 | GET /stats HTTP/1.1~Host: localhost~Host: localhost",
        "400 | GET http://evil.example/stats HTTP/1.1~Host: localhost",
        "400 | GET http://localhost/stats HTTP/1.1~Host: evil.example",
        "400 | GET /stats HTTP/1.1~Host: user@localhost",
        "400 | GET http://localhost@evil.example/stats HTTP/1.1~Host: localhost",
        "400 | GET /stats HTTP/1.1~Host: [fe80::1%25lo]",
        "400 | GET /stats HTTP/1.1~Host: evil.example%2elocal",
        "400 | GET /stats HTTP/1.1~Host: b\u00fccher.local",
        "400 | TRACE http://evil.example/ HTTP/1.1~Host: localhost",
      })
  void noWayOfSayingItHelps(int status, String request) {
    RawHttp answer = exchange(request.replace('~', '\n'));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("epoch", "startedAt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /stats HTTP/1.1~Host: localhost",
        "GET /stats HTTP/1.1~Host: LOCALHOST.:1",
        "GET /stats HTTP/1.1~Host: aggregator:8080",
        "GET /stats HTTP/1.1~Host: aggregator.default.svc.cluster.local",
        "GET /stats HTTP/1.1~Host: 10.42.0.17:8080",
        "GET /stats HTTP/1.1~Host: [fd00::17]:8080",
        "GET /stats HTTP/1.1~Host: logs.corp.example",
        "GET /stats HTTP/1.1~Host: localhost~X-Forwarded-Host: evil.example",
        "GET http://localhost/stats HTTP/1.1~Host: localhost",
        "GET /actuator/health/readiness HTTP/1.0~Host: localhost",
      })
  void goodNamesAreServed(String request) {
    assertThat(exchange(request.replace('~', '\n')).status()).isEqualTo(200);
  }

  @Test
  void theAuthorityOfHttp2IsAHostToo() throws Exception {
    DnsResolver everythingIsHere =
        new SystemDefaultDnsResolver() {
          @Override
          public InetAddress[] resolve(String host) {
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
          }
        };
    try (CloseableHttpAsyncClient client =
        HttpAsyncClients.customHttp2().setDnsResolver(everythingIsHere).build()) {
      client.start();

      assertThat(get(client, "evil.example").getCode()).isEqualTo(403);
      assertThat(get(client, "evil.example", "X-Forwarded-Host", "localhost").getCode())
          .isEqualTo(403);
      assertThat(get(client, "localhost", "Origin", origin("localhost")).getCode()).isEqualTo(200);
      assertThat(get(client, "localhost", "Origin", origin("evil.example")).getCode())
          .isEqualTo(403);
      assertThat(get(client, "logs.corp.example").getCode()).isEqualTo(200);
      assertThat(get(client, "localhost").getVersion().getMajor()).isEqualTo(2);
      assertThat(get(client, "localhost").getCode()).isEqualTo(200);
    }
  }

  private static String origin(String host) {
    return "http://" + host + ":" + aggregator.port();
  }

  private static SimpleHttpResponse get(
      CloseableHttpAsyncClient client, String host, String... header) throws Exception {
    SimpleHttpRequest request = SimpleRequestBuilder.get(origin(host) + "/stats").build();
    if (header.length > 0) {
      request.setHeader(header[0], header[1]);
    }
    return client.execute(request, null).get(20, TimeUnit.SECONDS);
  }
}
