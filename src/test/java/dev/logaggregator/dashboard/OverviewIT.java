package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.logaggregator.RunningAggregator;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OverviewIT {

  /** How much of a chart has the colour of INFO, where the look is light. */
  private static final String SHARE_OF_INFO =
      """
      (canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let i = 0; i < data.length; i += 4) {
          count += data[i] === 0x86 && data[i + 1] === 0xae && data[i + 2] === 0xe8 ? 1 : 0;
        }
        return (count * 4) / data.length;
      }
      """;

  @BeforeAll
  static void needsABrowser() {
    Chromium.assumeInstalled();
  }

  @Test
  void whoComesFirstIsGivenACommandAndSeesItsEventWhenItIsRun() throws Exception {
    try (RunningAggregator aggregator = RunningAggregator.start();
        DashboardPage dashboard = DashboardPage.open(aggregator, "")) {
      dashboard.button("Copy").click();
      assertThat(dashboard.find(".notice")).hasText("The command is copied.");
      String command = dashboard.clipboard();
      assertThat(command).startsWith("curl ").contains("/publish/hello");

      assertThat(dashboard.runCopied()).contains("\"accepted\":1");

      assertThat(dashboard.figure("Retained")).hasText("1");
      assertThat(dashboard.find(".welcome")).isHidden();
      dashboard.page().getByRole(AriaRole.LINK).getByText("hello").click();
      assertThat(dashboard.row(0)).containsText("Hello, log");
      assertThat(dashboard.row(0).locator(".level")).hasText("INFO");
    }
  }

  @Test
  void figuresAreThoseOfStatsAndWhatNeedsAttentionLooksLikeIt() {
    try (RunningAggregator aggregator = RunningAggregator.start();
        DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      new ShopEvents(1).publish(aggregator, 3_000, Instant.now(), Duration.ofMinutes(9));
      aggregator.post("/publish", "application/json", "{\"topic\":\"twice\",\"id\":\"a\"}");
      aggregator.post("/publish", "application/json", "{\"topic\":\"twice\",\"id\":\"a\"}");
      assertThat(dashboard.figure("Retained")).hasText("3,001");
      assertThat(dashboard.figure("Duplicates")).hasText("1");
      assertThat(dashboard.figure("Rejected")).hasText("0");
      assertThat(dashboard.find(".tile.bad")).hasCount(0);
      assertThat(dashboard.find(".tile.memory .note"))
          .hasText(Pattern.compile("[<.\\d]+% of .+B · \\d+ B an event"));

      aggregator.post("/publish", "application/x-ndjson", "{\"topic\":\"fine\"}\nnot JSON\n");

      assertThat(dashboard.figure("Rejected")).hasText("1");
      assertThat(dashboard.find(".tile.bad .label")).hasText("Rejected");
      assertThat(dashboard.find(".activity .chart canvas")).isVisible();
      assertThat(dashboard.find(".activity .chart"))
          .hasAttribute(
              "aria-label", Pattern.compile("Events a second by level: \\d,\\d+ events.*"));
      assertThat(dashboard.find(".levels li").first()).containsText("FATAL");
      assertThat(dashboard.find(".ranking tbody tr").first()).containsText("http.access");
      assertThat(dashboard.find(".side .event").first().locator(".level"))
          .hasText(Pattern.compile("ERROR|FATAL"));

      dashboard.find(".tile.rejected").click();
      assertThat(dashboard.row(0)).containsText("not JSON");
    }
  }

  @Test
  void aBurstIsCutOffAndToldSoThatTheRestCanBeSeen() {
    try (RunningAggregator aggregator = RunningAggregator.start()) {
      String aMinuteAgo = Instant.now().minusSeconds(60).toString();
      String event = "{\"topic\":\"burst\",\"level\":\"info\",\"timestamp\":\"%s\"}\n";
      new ShopEvents(1).publish(aggregator, 3_000, Instant.now(), Duration.ofMinutes(9));
      aggregator.post(
          "/publish", "application/x-ndjson", event.formatted(aMinuteAgo).repeat(50_000));

      try (DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
        assertThat(dashboard.find(".activity .chart"))
            .hasAttribute("aria-label", Pattern.compile(".*; bars cut off: 10(\\.\\d)?K"));
        assertThat((double) dashboard.find(".activity .chart canvas").evaluate(SHARE_OF_INFO))
            .isBetween(0.1, 0.9);
      }
    }
  }

  @Test
  void leavesBarsWholeThatAreNotSoFarApart() {
    try (RunningAggregator aggregator = RunningAggregator.start()) {
      new ShopEvents(1).publish(aggregator, 3_000, Instant.now(), Duration.ofMinutes(9));
      try (DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
        assertThat(dashboard.find(".activity .chart"))
            .hasAttribute("aria-label", Pattern.compile("Events a second[^;]*"));
      }
    }
  }

  @Test
  void memoryNearItsLimitNeedsAttention() {
    try (RunningAggregator aggregator =
            RunningAggregator.start("aggregator.retention.max-bytes=2MB");
        DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      new ShopEvents(1).publish(aggregator, 60_000, Instant.now(), Duration.ofMinutes(9));
      assertThat(dashboard.find(".tile.memory.warn .note"))
          .hasText(Pattern.compile("\\d+% of 2.0 MB.*"));
      assertThat(dashboard.figure("Retained")).not().hasText("60K");
    }
  }

  @Test
  void asksForWhatHasNotChangedInVain() {
    try (RunningAggregator aggregator = RunningAggregator.start();
        DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      AtomicInteger unchanged = new AtomicInteger();
      dashboard
          .page()
          .onResponse(
              response -> {
                if (response.url().contains("/stats?") && response.status() == 304) {
                  unchanged.incrementAndGet();
                }
              });
      Awaitility.await()
          .until(
              () -> {
                dashboard.page().waitForTimeout(200);
                return unchanged.get() >= 3;
              });
    }
  }

  @Test
  void worksBehindAPathPrefix() {
    try (RunningAggregator aggregator =
        RunningAggregator.start("server.servlet.context-path=/logs")) {
      aggregator.post("/logs/publish/prefixed", "text/plain", "behind a proxy");
      try (DashboardPage dashboard =
          DashboardPage.open(aggregator.uri("/logs/"), "explore", DashboardPage.Look.DESK)) {
        assertThat(dashboard.row(0)).containsText("behind a proxy");
        dashboard.page().keyboard().press("1");
        assertThat(dashboard.figure("Retained")).hasText("1");
      }
    }
  }

  @Test
  void saysThatTheServerIsGoneAndThatItsLogBeganAnew() {
    RunningAggregator first = RunningAggregator.start();
    int port = first.port();
    try (DashboardPage dashboard = DashboardPage.open(first, "overview")) {
      first.post("/publish/before", "text/plain", "one");
      first.post("/publish/before", "text/plain", "two");
      assertThat(dashboard.figure("Retained")).hasText("2");

      first.close();
      assertThat(dashboard.find("#server")).containsText("Not reachable");
      assertThat(dashboard.figure("Retained")).hasText("2");

      try (RunningAggregator second = RunningAggregator.start("server.port=" + port)) {
        second.post("/publish/after", "text/plain", "three");
        assertThat(dashboard.figure("Retained"))
            .hasText("1", new HasTextOptions().setTimeout(30_000));
        assertThat(dashboard.find("#server")).containsText("Connected");
        assertThat(dashboard.find(".notice")).containsText("restarted");
      }
    }
  }
}
