package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.dashboard.DashboardPage.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsIT {

  private static RunningAggregator aggregator;

  @BeforeAll
  static void start() {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
    new ShopEvents(1).publish(aggregator, 1_000, Instant.now(), Duration.ofMinutes(25));
  }

  @AfterAll
  static void stop() {
    if (aggregator != null) {
      aggregator.close();
    }
  }

  private static Locator topic(DashboardPage dashboard, String name) {
    return dashboard
        .find("tbody tr")
        .filter(
            new Locator.FilterOptions()
                .setHas(dashboard.page().locator(".name[title='" + name + "']")));
  }

  @Test
  void listsEachTopicWithItsFiguresLargestFirst() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "topics")) {
      assertThat(dashboard.find("tbody tr").first()).containsText("http.access");
      String accepted = aggregator.getJson("/stats").at("/topics/http.access/accepted").asString();
      assertThat(topic(dashboard, "http.access").locator("td").nth(2)).hasText(accepted);
      assertThat(topic(dashboard, "http.access").locator(".spark path"))
          .hasAttribute("d", Pattern.compile("M.+L.+"));

      dashboard.button("Topic").click();
      assertThat(dashboard.find("tbody tr").first()).containsText("auth.login");
      assertThat(dashboard.find("th[aria-sort]")).hasText("Topic");
      dashboard.find("input[type=search]").fill("bill");
      assertThat(dashboard.find("tbody tr")).hasCount(2);

      topic(dashboard, "billing.charge").locator("a.name").click();
      assertThat(dashboard.find("input.query")).hasValue("topic: billing.charge");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 390, 660, 661, 1440})
  void showsEachTopicWholeHoweverNarrowTheScreen(int width) {
    Look look = new Look(width, 800, ColorScheme.LIGHT);
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "topics", look)) {
      Locator row = topic(dashboard, "http.access");
      assertThat(row).isVisible();
      for (Locator cell : row.locator("a.name, .spark, td:nth-child(3), td:nth-child(8)").all()) {
        assertThat(cell).isInViewport();
      }
      assertThat(row.locator("button").last()).isInViewport();
      for (Locator whole : dashboard.find("html, .scroll-x").all()) {
        assertThat(whole.evaluate("it => it.scrollWidth - it.clientWidth")).isEqualTo(0);
      }
    }
  }

  @Test
  void publishesATestEventAndShowsIt() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "topics")) {
      dashboard.button("Publish a test event").click();
      dashboard.page().getByLabel("Topic", exact()).fill("made.here");
      dashboard.page().getByLabel("Level").selectOption("WARN");
      dashboard.page().getByLabel("Payload: JSON, or any other text").fill("{\"answer\":42.0}");
      dashboard.button("Publish").click();
      assertThat(dashboard.find(".notice")).containsText("Published to made.here");
      assertThat(topic(dashboard, "made.here")).isVisible();
      topic(dashboard, "made.here").locator("a.name").click();
      assertThat(dashboard.row(0)).containsText("answer=42.0");
      assertThat(dashboard.row(0).locator(".level")).hasText("WARN");
    }
  }

  private static com.microsoft.playwright.Page.GetByLabelOptions exact() {
    return new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true);
  }

  @Test
  void saysWhyTheServerDoesNotTakeATestEvent() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "topics")) {
      dashboard.button("Publish a test event").click();
      dashboard.page().getByLabel("Topic", exact()).fill("_system");
      dashboard.button("Publish").click();
      assertThat(dashboard.find("dialog .problem")).containsText("topic");
    }
  }

  @Test
  void deletesATopicOnlyAfterItsNameWasTyped() {
    aggregator.post("/publish/to.delete", "text/plain", "soon gone");
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "topics")) {
      dashboard.button("Delete to.delete").click();
      Locator confirm = dashboard.button("Delete its events");
      assertThat(confirm).isDisabled();
      dashboard.page().getByLabel("To confirm, type its name").fill("to.delet");
      assertThat(confirm).isDisabled();
      dashboard.page().getByLabel("To confirm, type its name").fill("to.delete");
      confirm.click();
      assertThat(dashboard.find(".notice")).containsText("deleted");
      assertThat(aggregator.getJson("/events?topic=to.delete").get("events")).isEmpty();
      assertThat(topic(dashboard, "to.delete")).hasCount(0);
    }
  }
}
