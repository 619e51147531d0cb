package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.dashboard.Chromium;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * What pages of every kind get to do in a real Chromium: each route by each of its methods. A name
 * that points here by a flag of the browser stands for one whose owner made it point here.
 */
class ForeignPagesIT {

  private static final String EVIL = "evil.example";
  private static final int FORBIDDEN = 403;

  /** What the browser asks for by itself, at a time of its own, after it has shown a page. */
  private static final String ICON = "/favicon.ico";

  private static final String FETCH =
      """
      async ([url, method, mode]) => {
        const body = method === 'GET' || method === 'HEAD' ? undefined : '{}';
        try {
          const response = await fetch(url, { method, mode, body, cache: 'no-store' });
          response.body?.cancel();
          return response.status;
        } catch {
          return -1;
        }
      }
      """;

  /** Whether the service is told of the name that the page is under. */
  enum Setting {
    BY_DEFAULT,
    WITH_ALLOWED_HOST
  }

  private static Browser browser;
  private static HttpServer otherPort;
  private static RunningAggregator byDefault;
  private static RunningAggregator allowing;

  /** What the pages asked the service for, and what it answered. */
  private static final Queue<Seen> SEEN = new ConcurrentLinkedQueue<>();

  private static final AtomicInteger UNDER_WAY = new AtomicInteger();

  private record Seen(String method, int status) {}

  @Configuration(proxyBeanMethods = false)
  static class Recording {

    @Bean
    FilterRegistrationBean<Filter> recorder() {
      FilterRegistrationBean<Filter> registration =
          new FilterRegistrationBean<>(
              (request, response, chain) -> {
                if (((HttpServletRequest) request).getRequestURI().equals(ICON)) {
                  chain.doFilter(request, response);
                  return;
                }
                UNDER_WAY.incrementAndGet();
                try {
                  chain.doFilter(request, response);
                } finally {
                  String method = ((HttpServletRequest) request).getMethod();
                  SEEN.add(new Seen(method, ((HttpServletResponse) response).getStatus()));
                  UNDER_WAY.decrementAndGet();
                }
              });
      registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
      registration.setAsyncSupported(true);
      return registration;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    Chromium.assumeInstalled();
    byDefault = RunningAggregator.startWith(new Class<?>[] {Recording.class});
    allowing =
        RunningAggregator.startWith(
            new Class<?>[] {Recording.class}, "aggregator.web.allowed-hosts=" + EVIL);
    otherPort = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    otherPort.createContext(
        "/",
        exchange -> {
          byte[] page =
              "<!doctype html><title>Another page</title>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    otherPort.start();
    browser =
        Chromium.launch(
            "--host-resolver-rules=MAP " + EVIL + " 127.0.0.1",
            // Chromium may ask the user first, which is a guard of its own.
            "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
      otherPort.stop(0);
      allowing.close();
      byDefault.close();
    }
  }

  /**
   * What each route answered to a page, after what it answered to the browser's question whether
   * the page may ask; and what the page saw of it, -1 if it was told nothing.
   *
   * @param at where the page is
   * @param to how it addresses the service
   */
  private static Map<String, List<Integer>> table(
      RunningAggregator aggregator, String at, String to, String mode) {
    Map<String, List<Integer>> table = new TreeMap<>();
    try (Page page = browser.newPage()) {
      page.navigate(at + "/nothing"); // which asks for nothing but its icon
      for (Route route : Route.of(aggregator)) {
        if (mode.equals("no-cors") && !Set.of("GET", "HEAD", "POST").contains(route.method())) {
          continue;
        }
        awaitAnswers(0);
        SEEN.clear();
        Object shown = page.evaluate(FETCH, List.of(to + route.path(), route.method(), mode));
        awaitAnswers(1);
        List<Integer> row = new ArrayList<>();
        SEEN.forEach(seen -> row.add(seen.status()));
        row.add((Integer) shown);
        table.put(route.toString(), row);
      }
    }
    assertThat(table).containsKeys("POST /publish", "GET /events", "GET /actuator/prometheus");
    return table;
  }

  /** What a page was answered may not have been noted yet. */
  private static void awaitAnswers(int atLeast) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> UNDER_WAY.get() == 0 && SEEN.size() >= atLeast);
  }

  private static void assertRefused(Map<String, List<Integer>> table, int shown) {
    assertThat(table)
        .as("every route is refused, by whatever method")
        .allSatisfy((route, row) -> assertThat(row).containsExactly(FORBIDDEN, shown));
  }

  private static void assertServed(Map<String, List<Integer>> table) {
    assertThat(table)
        .as("no route is refused, by whatever method")
        .allSatisfy(
            (route, row) -> {
              // A redirect and where it leads are two answers; the page sees the last one.
              assertThat(row).doesNotContain(FORBIDDEN);
              assertThat(row.getLast()).isEqualTo(row.get(row.size() - 2));
            });
  }

  private static String origin(String host, int port) {
    return "http://" + host + ":" + port;
  }

  @ParameterizedTest
  @EnumSource
  void ourOwnPageMayDoEverything(Setting setting) {
    RunningAggregator aggregator = setting == Setting.BY_DEFAULT ? byDefault : allowing;
    for (String host : List.of("localhost", "127.0.0.1", "logs.localhost")) {
      String own = origin(host, aggregator.port());
      assertServed(table(aggregator, own, own, "same-origin"));
    }
  }

  @Test
  void aPageWhoseNameWasMadeToPointHereMayDoNothing() {
    String rebound = origin(EVIL, byDefault.port());

    assertRefused(table(byDefault, rebound, rebound, "same-origin"), FORBIDDEN);
  }

  @Test
  void aPageUnderANameThatIsAllowedMayDoEverything() {
    String allowed = origin(EVIL, allowing.port());

    assertServed(table(allowing, allowed, allowed, "same-origin"));
  }

  @ParameterizedTest
  @EnumSource
  void aPageOfAnotherSiteMayDoNothing(Setting setting) {
    RunningAggregator aggregator = setting == Setting.BY_DEFAULT ? byDefault : allowing;
    String elsewhere = origin(EVIL, otherPort.getAddress().getPort());
    String here = origin("localhost", aggregator.port());

    assertRefused(table(aggregator, elsewhere, here, "cors"), -1);
    assertRefused(table(aggregator, elsewhere, here, "no-cors"), 0);
  }

  @ParameterizedTest
  @EnumSource
  void aPageOfTheSameSiteOnAnotherPortMayDoNothing(Setting setting) {
    RunningAggregator aggregator = setting == Setting.BY_DEFAULT ? byDefault : allowing;
    String elsewhere = origin("localhost", otherPort.getAddress().getPort());
    String here = origin("localhost", aggregator.port());

    assertRefused(table(aggregator, elsewhere, here, "cors"), -1);
    assertRefused(table(aggregator, elsewhere, here, "no-cors"), 0);
  }

  /**
   * Though its name is allowed, its port is another one, so it is another origin. Over plain HTTP
   * the browser sends what only reads without a word of where it comes from, and shows none of it.
   */
  @Test
  void aPageUnderAnAllowedNameOnAnotherPortMayNeitherReadNorChange() {
    String elsewhere = origin(EVIL, otherPort.getAddress().getPort());
    String here = origin(EVIL, allowing.port());

    assertRefused(table(allowing, elsewhere, here, "cors"), -1);
    assertThat(table(allowing, elsewhere, here, "no-cors"))
        .allSatisfy(
            (route, row) -> {
              assertThat(row.getLast()).isNotPositive();
              if (!route.startsWith("GET ")) {
                assertThat(row.getFirst()).isEqualTo(FORBIDDEN);
              }
            });
  }

  /** What needs no script: a form that is sent, an image, a frame. */
  @Test
  void aPageOfAnotherSiteGetsNowhereWithoutScriptEither() {
    String here = origin("localhost", byDefault.port());
    for (String host : List.of(EVIL, "localhost")) {
      try (Page page = browser.newPage()) {
        page.navigate(origin(host, otherPort.getAddress().getPort()));
        awaitAnswers(0);
        SEEN.clear();
        page.setContent(
            """
            <img src="%1$s/events"><script src="%1$s/v3/api-docs"></script>
            <link rel="stylesheet" href="%1$s/dashboard/css/base.css">
            <iframe name="frame" src="%1$s/"></iframe>
            <form action="%1$s/publish/stolen" method="post" enctype="text/plain" target="frame">
              <input name="a" value="b"></form>
            """
                .formatted(here));
        page.evaluate("document.forms[0].submit()");
        await().until(() -> SEEN.stream().anyMatch(seen -> seen.method().equals("POST")));
        awaitAnswers(4);

        assertThat(SEEN).allMatch(seen -> seen.status() == FORBIDDEN);
      }
    }
    assertThat(byDefault.getJson("/topics").toString()).doesNotContain("stolen");
  }
}
