package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.BoundingBox;
import dev.logaggregator.RunningAggregator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LiveIT {

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

  /** Publishes texts {@code "number <from>"} and so on, up to before {@code to}. */
  private static void publish(RunningAggregator to, String topic, int from, int before) {
    to.post(
        "/publish/" + topic + "?split=lines",
        "text/plain",
        IntStream.range(from, before)
            .mapToObj(i -> "number " + i)
            .collect(Collectors.joining("\n")));
  }

  private static void awaitRows(DashboardPage dashboard, String rows) {
    assertThat(dashboard.find(".live .panel header")).containsText(rows + " rows");
  }

  @Test
  void showsWhatIsPublishedAsItComesIn() {
    publish(aggregator, "live.seen", 0, 3);
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "live?q=topic:%20live.seen")) {
      awaitRows(dashboard, "3");
      assertThat(dashboard.row(2)).containsText("number 2");
      publish(aggregator, "live.unseen", 0, 5);
      publish(aggregator, "live.seen", 3, 4);
      assertThat(dashboard.row(3)).containsText("number 3");
      assertThat(dashboard.find(".stream-state")).hasText("Following");
    }
  }

  @Test
  void whatOnePublishesInTheBrowserIsSeenLiveInAnotherTab() {
    try (DashboardPage live = DashboardPage.open(aggregator, "live?q=topic:%20live.tabs");
        DashboardPage topics = DashboardPage.open(aggregator, "topics")) {
      assertThat(live.find(".stream-state")).hasText("Following");
      topics.button("Publish a test event").click();
      topics.page().getByPlaceholder("orders.created").fill("live.tabs");
      topics.page().getByLabel("Payload: JSON, or any other text").fill("{\"message\":\"ahoy\"}");
      topics.button("Publish").click();
      assertThat(topics.find(".notice")).containsText("Published to live.tabs");
      assertThat(live.row(0)).containsText("ahoy");
      live.row(0).click();
      assertThat(live.find(".detail .json")).hasText("{message: \"ahoy\"}");
    }
  }

  @Test
  void staysAtTheNewestWhileItFollows() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "live?q=topic:%20live.follow")) {
      assertThat(dashboard.find(".stream-state")).hasText("Following");
      publish(aggregator, "live.follow", 0, 2_000);
      awaitRows(dashboard, "2,000");
      assertThat(dashboard.row(1_999)).isInViewport();
      assertThat(dashboard.rows().count()).isLessThan(80);
    }
  }

  @Test
  void pausesOnScrollDoesNotJumpCountsAndGoesOnWithoutLoss() {
    publish(aggregator, "live.pause", 0, 200);
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "live?q=topic:%20live.pause")) {
      awaitRows(dashboard, "200");
      dashboard.find(".list").hover();
      dashboard.page().mouse().wheel(0, -1_500);
      assertThat(dashboard.find(".stream-state")).hasText("Paused");
      dashboard.page().waitForTimeout(300);
      int read = Integer.parseInt(dashboard.rows().nth(20).getAttribute("data-index"));
      BoundingBox before = dashboard.row(read).boundingBox();

      publish(aggregator, "live.pause", 200, 1_700);
      assertThat(dashboard.find(".resume")).hasText("1,500 new – resume");
      BoundingBox after = dashboard.row(read).boundingBox();
      assertThat(after.y).isEqualTo(before.y);
      assertThat(dashboard.row(read)).containsText("number " + read);

      dashboard.find(".resume").click();
      assertThat(dashboard.row(1_699)).isInViewport();
      assertThat(dashboard.row(1_699)).containsText("number 1699");
      assertThat(dashboard.find(".stream-state")).hasText("Following");
      for (int i = 100; i < 1_700; i += 159) {
        dashboard.page().evaluate("i => document.querySelector('.list').scrollTop = i * 26", i);
        assertThat(dashboard.row(i)).containsText("number " + i);
      }
    }
  }

  @Test
  void pausesByKeyAndGoesOnByKey() {
    publish(aggregator, "live.keys", 0, 2);
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "live?q=topic:%20live.keys")) {
      awaitRows(dashboard, "2");
      dashboard.page().keyboard().press("p");
      assertThat(dashboard.find(".stream-state")).hasText("Paused");
      publish(aggregator, "live.keys", 2, 9);
      assertThat(dashboard.find(".resume")).hasText("7 new – resume");
      dashboard.page().keyboard().press("p");
      assertThat(dashboard.find(".stream-state")).hasText("Following");
      assertThat(dashboard.row(8)).containsText("number 8");
      assertThat(dashboard.find(".resume")).isHidden();
    }
  }

  @Test
  void narrowsTheStreamByAClickOnAValue() {
    aggregator.post("/publish/live.click", "application/json", "{\"status\":500}");
    aggregator.post("/publish/live.click", "application/json", "{\"status\":200}");
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "live?q=topic:%20live.click")) {
      awaitRows(dashboard, "2");
      dashboard.row(0).click();
      dashboard.find(".detail .value.number").click();
      assertThat(dashboard.find("input.query")).hasValue("topic: live.click and status: 500");
      awaitRows(dashboard, "1");
      assertThat(dashboard.row(0)).containsText("status=500");
    }
  }

  @Test
  void saysWhatIsWrongWithAQuery() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "live")) {
      dashboard.query("status: (500 or");
      assertThat(dashboard.find(".fault")).containsText("expected");
      assertThat(dashboard.find(".stream-state .dot.bad")).isVisible();
    }
  }

  @Test
  void outlivesARestartOfTheServerAndSaysThatThereWasAGap() {
    RunningAggregator first = RunningAggregator.start();
    publish(first, "restart", 0, 3);
    try (DashboardPage dashboard = DashboardPage.open(first, "live")) {
      awaitRows(dashboard, "3");
      int port = first.port();
      first.close();
      assertThat(dashboard.find(".stream-state")).hasText("Connection lost, trying again …");

      try (RunningAggregator second = RunningAggregator.start("server.port=" + port)) {
        publish(second, "restart", 3, 6);
        assertThat(dashboard.find(".event.gap"))
            .containsText(
                Pattern.compile("Gap: the server was restarted"),
                new ContainsTextOptions().setTimeout(30_000));
        assertThat(dashboard.row(6)).containsText("number 5");
        assertThat(dashboard.row(2)).containsText("number 2");
        publish(second, "restart", 6, 7);
        assertThat(dashboard.row(7)).containsText("number 6");
        assertThat(dashboard.find(".stream-state")).hasText("Following");
      }
    }
  }
}
