package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import dev.logaggregator.RunningAggregator;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExploreIT {

  private static final Instant NOW = Instant.now();
  private static final int OUTAGE_EVENTS = 240;

  private static RunningAggregator aggregator;

  /** An hour of a shop, and ten minutes of it in which payments can't be reached. */
  @BeforeAll
  static void publishAnHour() {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
    new ShopEvents(1).publish(aggregator, 6_000, NOW, Duration.ofMinutes(55));
    Instant outage = NOW.minus(Duration.ofMinutes(30));
    aggregator.post(
        "/publish",
        "application/x-ndjson",
        IntStream.range(0, OUTAGE_EVENTS)
            .mapToObj(i -> outage(outage.plusMillis(2_500L * i), i))
            .collect(Collectors.joining("\n")));
  }

  private static String outage(Instant timestamp, int number) {
    return """
    {"topic":"payments.charge","level":"error","source":"checkout-1","timestamp":"%s",\
    "payload":{"message":"connection refused","upstream":"payments-%d:8443","attempt":%d.50}}\
    """
        .formatted(timestamp, number % 3, number);
  }

  @AfterAll
  static void stop() {
    if (aggregator != null) {
      aggregator.close();
    }
  }

  @Test
  void findsAnErrorByDraggingOnTheHistogramAndClickingAValue() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore?since=1h")) {
      dashboard.awaitTotal("6,240 events");
      dashboard.find(".legend button").filter(hasText("ERROR")).click();
      assertThat(dashboard.find("input.query")).hasValue("level: ERROR");

      drag(dashboard, 0.45, 0.72);
      assertThat(dashboard.page()).hasURL(Pattern.compile(".*since=2.*&until=2.*"));
      assertThat(dashboard.row(0).locator(".level")).hasText("ERROR");

      dashboard.find(".list .event").filter(hasText("upstream=payments-1:8443")).first().click();
      dashboard.find(".detail .value").filter(hasText("\"payments-1:8443\"")).click();
      assertThat(dashboard.find("input.query"))
          .hasValue("level: ERROR and upstream: \"payments-1:8443\"");
      dashboard.awaitTotal(total("q=level:ERROR+and+upstream:\"payments-1:8443\"", dashboard));
      for (Locator row : dashboard.rows().all()) {
        assertThat(row).containsText("payments-1:8443");
      }
    }
  }

  /** What the API finds in the time that the page shows. */
  private static String total(String query, DashboardPage dashboard) {
    String url = dashboard.page().url();
    String range = url.substring(url.indexOf("since="));
    String q = query.replace(" ", "+").replace("\"", "%22").replace(":", "%3A");
    JsonNode histogram = aggregator.getJson("/stats/histogram?" + q + "&" + range);
    long count = 0;
    for (JsonNode bucket : histogram.get("buckets")) {
      count += bucket.get("count").asLong();
    }
    assertThat(count).isPositive();
    return "%,d events".formatted(count);
  }

  private static void drag(DashboardPage dashboard, double from, double to) {
    BoundingBox plot = dashboard.find(".chart .u-over").boundingBox();
    double y = plot.y + plot.height / 2;
    dashboard.page().mouse().move(plot.x + plot.width * from, y);
    dashboard.page().mouse().down();
    dashboard.page().mouse().move(plot.x + plot.width * (from + to) / 2, y);
    dashboard.page().mouse().move(plot.x + plot.width * to, y);
    dashboard.page().mouse().up();
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void excludesAValueAndTakesItBackByIncludingIt() {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=1h&q=topic:%20payments.charge")) {
      dashboard.awaitTotal("240 events");
      dashboard.row(0).click();
      Locator line = dashboard.find(".detail .line").filter(hasText("upstream"));
      line.hover();
      line.locator(".exclude").click();
      dashboard.awaitTotal("160 events");
      assertThat(dashboard.find("input.query"))
          .hasValue(
              Pattern.compile("topic: payments.charge and not upstream: \"payments-\\d:8443\""));
    }
  }

  @Test
  void showsTheErrorOfAQueryWhereItIs() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore?since=1h")) {
      dashboard.awaitTotal("6,240 events");
      dashboard.query("level: error and (status: 500");
      assertThat(dashboard.find(".fault")).containsText("expected");
      assertThat(dashboard.find("input.query")).hasAttribute("aria-invalid", "true");
      BoundingBox pointer = dashboard.find(".fault .pointer").boundingBox();
      BoundingBox input = dashboard.find("input.query").boundingBox();
      double end = 11 + 30 * 7.8;
      assertThat(pointer.x - input.x).isBetween(end - 12, end + 12);
      assertThat(pointer.y).isBetween(input.y, input.y + input.height + 10);

      dashboard.query("level: error");
      assertThat(dashboard.find(".fault")).isHidden();
    }
  }

  @Test
  void completesFieldsAndValues() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore?since=1h")) {
      dashboard.awaitTotal("6,240 events");
      Locator query = dashboard.find("input.query");
      query.pressSequentially("lev");
      assertThat(dashboard.find(".completions li").first()).containsText("level:");
      query.press("ArrowDown");
      query.press("Enter");
      assertThat(query).hasValue("level: ");
      assertThat(dashboard.find(".completions li").first()).containsText("INFO");
      query.pressSequentially("err");
      assertThat(dashboard.find(".completions li")).hasCount(1);
      query.press("ArrowDown");
      query.press("Tab");
      query.pressSequentially("and upst");
      query.press("ArrowDown");
      assertThat(dashboard.find(".completions li").first()).containsText("upstream:");
      query.press("ArrowDown");
      query.press("Enter");
      assertThat(dashboard.find(".completions li")).hasCount(3);
      query.pressSequentially("payments-2:8443");
      query.press("Escape");
      query.press("Enter");
      dashboard.awaitTotal("80 events");
    }
  }

  @Test
  void choosesATimeByNameAndByTwoMoments() {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=1h&q=topic:%20payments.charge")) {
      dashboard.awaitTotal("240 events");
      dashboard.button("Last hour").click();
      dashboard.button("Last 5 minutes").click();
      dashboard.awaitTotal("0 events");

      dashboard.button("Last 5 minutes").click();
      Instant from = NOW.minus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.SECONDS);
      dashboard.find(".popover input").first().fill(field(from.plusSeconds(60)));
      dashboard.find(".popover input").last().fill(field(from.plusSeconds(120)));
      dashboard.button("Show this time").click();
      dashboard.awaitTotal("24 events");
      assertThat(dashboard.page())
          .hasURL(Pattern.compile(".*since=20.*Z&until=20.*Z".replace(":", "%3A")));
    }
  }

  /** As an input of type {@code datetime-local} has it; the browser's zone is UTC. */
  private static String field(Instant moment) {
    return moment.toString().replace("Z", "");
  }

  @Test
  void turnsPagesByCursorAndEachStateHasAnAddress() {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=1h&q=level:%20INFO")) {
      assertThat(dashboard.row(0)).isVisible();
      assertThat(dashboard.button("Newer")).isDisabled();
      String newest = dashboard.row(0).textContent();
      dashboard.page().keyboard().press("n");
      assertThat(dashboard.page()).hasURL(Pattern.compile(".*before=.*"));
      assertThat(dashboard.button("Newer")).isEnabled();
      String older = dashboard.row(0).textContent();
      assertThat(older).isNotEqualTo(newest);

      try (DashboardPage other =
          DashboardPage.open(aggregator, dashboard.page().url().replaceFirst(".*#/", ""))) {
        assertThat(other.row(0)).hasText(older);
        assertThat(other.find("input.query")).hasValue("level: INFO");
      }

      dashboard.page().keyboard().press("p");
      assertThat(dashboard.page()).hasURL(Pattern.compile(".*after=.*"));
      assertThat(dashboard.row(0)).hasText(newest);
      dashboard.page().goBack();
      assertThat(dashboard.row(0)).hasText(older);
      dashboard.button("Newest").click();
      assertThat(dashboard.row(0)).hasText(newest);
    }
  }

  @Test
  void loadsOlderEventsAsOneScrolls() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore?since=1h")) {
      dashboard.awaitTotal("6,240 events");
      for (int i = 0; i < 60 && !dashboard.find(".loaded").textContent().contains("oldest"); i++) {
        dashboard.page().evaluate("document.querySelector('.list').scrollTop = 1e9");
        dashboard.page().waitForTimeout(50);
      }
      assertThat(dashboard.find(".loaded")).hasText("6,240 rows, to the oldest");
      dashboard.page().evaluate("document.querySelector('.list').scrollTop = 1e9");
      assertThat(dashboard.rows().count()).isLessThan(80);
      assertThat(dashboard.row(6_239)).isVisible();
    }
  }

  @Test
  void exportsTheWholeResult() throws IOException {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=1h&q=topic:%20payments.*")) {
      dashboard.awaitTotal("240 events");
      Download download =
          dashboard.page().waitForDownload(() -> dashboard.button("Export").click());
      assertThat(download.suggestedFilename()).endsWith(".ndjson");
      List<String> lines = Files.readAllLines(download.path());
      assertThat(lines).hasSize(OUTAGE_EVENTS);
      assertThat(lines.getFirst()).contains("\"attempt\":0.50");
    }
  }

  @Test
  void givesTheSameQueryAsACommand() {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=all&q=message:%20%22it's%22")) {
      dashboard.awaitTotal("0 events");
      dashboard.find(".pager button").filter(hasText("curl")).click();
      assertThat(dashboard.find(".notice")).isVisible();
      assertThat(dashboard.clipboard())
          .isEqualTo(
              "curl -sN -H 'Accept: application/x-ndjson' '"
                  + aggregator.uri("/events?q=message%3A+%22it%27s%22'"));
    }
  }

  @Test
  void showsWhatWasWrittenNotWhatJavaScriptMakesOfIt() {
    aggregator.post(
        "/publish/exact?timestamp=2015-05-17T10:05:03Z",
        "application/json",
        "{\"10\":1.50,\"2\":12345678901234567890,\"10\":1e400,\"text\":\"a \\\"quote\\\"\"}");
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=all&q=topic:%20exact")) {
      dashboard.row(0).click();
      assertThat(dashboard.find(".detail .json .line"))
          .hasText(
              new String[] {
                "10: 1.50", "2: 12345678901234567890", "10: 1e400", "text: \"a \"quote\"\""
              });
    }
  }

  @Test
  void canBeUsedByKeysAlone() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      assertThat(dashboard.figure("Retained")).isVisible();
      dashboard.page().keyboard().press("2");
      assertThat(dashboard.rows().first()).isVisible();
      dashboard.page().keyboard().press("/");
      assertThat(dashboard.find("input.query")).isFocused();
      dashboard.page().keyboard().type("topic: payments.*");
      dashboard.page().keyboard().press("Enter");
      dashboard.awaitTotal("240 events");
      dashboard.find(".list").focus();
      dashboard.page().keyboard().press("ArrowDown");
      dashboard.page().keyboard().press("ArrowDown");
      dashboard.page().keyboard().press("Enter");
      assertThat(dashboard.row(1)).hasAttribute("aria-expanded", "true");
      assertThat(dashboard.find(".list"))
          .hasAttribute("aria-activedescendant", Pattern.compile("row-\\d+-1"));
      dashboard.page().keyboard().press("Tab");
      assertThat(dashboard.find(".detail .value").first()).isFocused();
      dashboard.find(".list").focus();
      dashboard.page().keyboard().press("End");
      assertThat(dashboard.row(239)).hasClass(Pattern.compile(".*\\bat\\b.*"));
      dashboard.page().keyboard().press("?");
      assertThat(dashboard.find("dialog")).isVisible();
      dashboard.page().keyboard().press("Escape");
      assertThat(dashboard.find("dialog")).hasCount(0);
    }
  }

  @Test
  void offersAllTimeWhereTheLastHourHasNothing() {
    aggregator.post(
        "/publish",
        "application/json",
        "{\"topic\":\"old\",\"timestamp\":\"2015-05-17T10:05:03Z\",\"payload\":\"long ago\"}");
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore?q=topic:%20old")) {
      assertThat(dashboard.find(".message-area")).containsText("No events match");
      dashboard.button("Search all time").click();
      assertThat(dashboard.row(0)).containsText("long ago");
      assertThat(dashboard.row(0)).containsText("2015-05-17 10:05:03");
    }
  }
}
