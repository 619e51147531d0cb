package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.sun.net.httpserver.HttpServer;
import dev.logaggregator.RunningAggregator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SubscriptionsIT {

  private static RunningAggregator aggregator;

  @BeforeAll
  static void start() {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
  }

  @AfterAll
  static void stop() {
    if (aggregator != null) {
      aggregator.close();
    }
  }

  private static void subscribe(String name, String settings) {
    assertThat(aggregator.put("/subscriptions/" + name, "application/json", settings).statusCode())
        .isEqualTo(201);
  }

  private static JsonNode pull(String name) {
    return RunningAggregator.json(
        aggregator.post("/subscriptions/" + name + "/pull?max=100", "application/json", ""));
  }

  private static Locator row(DashboardPage dashboard, String name) {
    return dashboard
        .find("table.subscriptions tbody tr")
        .filter(new Locator.FilterOptions().setHasText(name));
  }

  @Test
  void whoHasNoneIsGivenACommandThatMakesOne() throws Exception {
    try (RunningAggregator fresh = RunningAggregator.start();
        DashboardPage dashboard = DashboardPage.open(fresh, "subscriptions")) {
      dashboard.button("Copy").click();
      assertThat(dashboard.runCopied()).contains("\"name\":\"billing\"");
      assertThat(row(dashboard, "billing")).containsText("active, pull");
      assertThat(row(dashboard, "billing")).containsText("orders.**");
      assertThat(dashboard.find(".welcome")).isHidden();
    }
  }

  @Test
  void showsHowFarEachIs() {
    subscribe("far", "{\"topics\":[\"far.*\"],\"q\":\"n >= 0\",\"start\":\"earliest\"}");
    for (int n = 0; n < 5; n++) {
      aggregator.post("/publish/far.off", "application/json", "{\"n\":" + n + "}");
    }
    JsonNode messages = pull("far").get("messages");
    String first = messages.get(0).get("ackId").asString();
    aggregator.post(
        "/subscriptions/far/ack", "application/json", "{\"ackIds\":[\"" + first + "\"]}");
    aggregator.post("/publish/far.off", "application/json", "{\"n\":5}");
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "subscriptions")) {
      assertThat(row(dashboard, "far").locator("td"))
          .hasText(
              new Pattern[] {
                Pattern.compile("far"),
                Pattern.compile("active, pull"),
                Pattern.compile("far\\.\\* · n >= 0"),
                Pattern.compile("5"),
                Pattern.compile("4"),
                Pattern.compile("\\d+ s"),
                Pattern.compile("5"),
                Pattern.compile("1"),
                Pattern.compile("0"),
                Pattern.compile("0")
              });
    }
  }

  @Test
  void showsWhatWasGivenUpAndSendsItAgain() {
    subscribe(
        "tired",
        """
        {"topics":["tired"],"start":"earliest","ackDeadline":"1s","maxDeliveries":1}
        """);
    for (String word : new String[] {"alpha", "beta", "gamma"}) {
      aggregator.post("/publish/tired", "text/plain", word);
    }
    assertThat(pull("tired").get("messages")).hasSize(3);
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "subscriptions")) {
      assertThat(row(dashboard, "tired").locator("td").last()).hasText("3");
      assertThat(row(dashboard, "tired").locator(".dot.warn")).isVisible();
      row(dashboard, "tired").locator("a").click();

      Locator letters = dashboard.find("section[aria-label='Dead letters'] tbody tr");
      assertThat(letters).hasCount(3);
      assertThat(letters.first()).containsText("alpha");
      assertThat(letters.first()).containsText("not acknowledged within 1s");
      letters.first().getByText("Replay").click();
      assertThat(dashboard.find(".notice")).hasText("1 event will be sent again.");
      assertThat(letters).hasCount(2);
      assertThat(pull("tired").get("messages").get(0).at("/event/payload").asString())
          .isEqualTo("alpha");

      dashboard.button("Replay all").click();
      assertThat(dashboard.find(".notice").last()).containsText("will be sent again.");
      dashboard.button("Close").click();
      assertThat(dashboard.find("section[aria-label='Dead letters']")).hasCount(0);
      assertThat(dashboard.page()).hasURL(Pattern.compile(".*#/subscriptions$"));
    }
  }

  @Test
  void showsTheLatestAttemptsToPushAndWhyTheyFailed() throws IOException {
    AtomicInteger status = new AtomicInteger(503);
    HttpServer endpoint = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    endpoint.createContext(
        "/hook",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    endpoint.start();
    String url = "http://localhost:" + endpoint.getAddress().getPort() + "/hook";
    subscribe(
        "pushed",
        """
        {"topics":["pushed"],"start":"earliest","maxDeliveries":2,
         "backoff":{"min":"50ms","max":"100ms"},"push":{"url":"%s"}}
        """
            .formatted(url));
    aggregator.post("/publish/pushed", "text/plain", "knock");
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "subscriptions?name=pushed")) {
      assertThat(row(dashboard, "pushed")).containsText("active, push");
      assertThat(dashboard.find(".settings")).containsText(url.replace("/hook", "/…"));
      Locator attempts = dashboard.find("section[aria-label='Attempts'] tbody tr");
      assertThat(attempts).hasCount(2);
      assertThat(attempts.first().locator("td").nth(2)).hasText("2");
      assertThat(attempts.first().locator(".bad")).hasText("503");
      assertThat(attempts.first()).containsText("answered 503");

      status.set(204);
      dashboard.button("Replay all").click();
      assertThat(attempts.first().locator(".good")).hasText("204");
      assertThat(row(dashboard, "pushed").locator("td").nth(7)).hasText("1");
    } finally {
      endpoint.stop(0);
    }
  }

  @Test
  void aDeadLetterLeadsToItsEvent() {
    subscribe(
        "lost",
        """
        {"topics":["lost"],"start":"earliest","ackDeadline":"1s","maxDeliveries":1}
        """);
    aggregator.post("/publish/lost", "application/json", "{\"message\":\"where am I\"}");
    assertThat(pull("lost").get("messages")).hasSize(1);
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "subscriptions?name=lost")) {
      dashboard.find("section[aria-label='Dead letters'] tbody a").click();
      dashboard.awaitTotal("1 event");
      assertThat(dashboard.row(0)).containsText("where am I");
    }
  }
}
