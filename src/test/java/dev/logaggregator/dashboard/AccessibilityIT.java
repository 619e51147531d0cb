package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.dashboard.DashboardPage.Look;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** axe finds nothing serious in any view, light, dark and narrow. */
class AccessibilityIT {

  private static final List<Look> LOOKS =
      List.of(
          Look.DESK, new Look(1440, 900, ColorScheme.DARK), new Look(390, 844, ColorScheme.LIGHT));

  /** Each violation that matters, with the elements it was found at. */
  private static final String VIOLATIONS =
      """
      async () => (await axe.run()).violations
        .filter(({ impact }) => ['serious', 'critical'].includes(impact))
        .map(({ id, help, nodes }) => `${id}: ${help}\\n` + nodes.slice(0, 5)
          .map((node) => `  ${node.html.slice(0, 200)}\\n  ${node.failureSummary}`).join('\\n'))
      """;

  private static RunningAggregator aggregator;
  private static String axe;

  @BeforeAll
  static void start() throws IOException {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
    new ShopEvents(1).publish(aggregator, 2_000, Instant.now(), Duration.ofMinutes(9));
    aggregator.post("/publish", "application/x-ndjson", "{\"topic\":\"fine\"}\nnot JSON\n");
    try (InputStream file = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void stop() {
    if (aggregator != null) {
      aggregator.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overview", "explore", "live", "topics", "subscriptions"})
  void viewsPass(String view) {
    for (Look look : LOOKS) {
      try (DashboardPage dashboard = DashboardPage.open(aggregator, view, look)) {
        dashboard.page().waitForTimeout(1_500);
        assertPasses(dashboard, look);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"explore", "live"})
  void anEventInFullPasses(String view) {
    for (Look look : LOOKS) {
      try (DashboardPage dashboard = DashboardPage.open(aggregator, view, look)) {
        dashboard.rows().nth(8).click();
        assertThat(dashboard.find(".detail .inside")).isVisible();
        assertPasses(dashboard, look);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Publish a test event", "Delete auth.login", "Keys and query language"})
  void dialogsPass(String opener) {
    for (Look look : LOOKS) {
      try (DashboardPage dashboard = DashboardPage.open(aggregator, "topics", look)) {
        dashboard.button(opener).click();
        assertThat(dashboard.find("dialog")).isVisible();
        assertPasses(dashboard, look);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"level: and", "le"})
  void errorsAndCompletionsPass(String query) {
    for (Look look : LOOKS) {
      try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore", look)) {
        assertThat(dashboard.row(0)).isVisible();
        dashboard.find("input.query").pressSequentially(query);
        if (query.contains("and")) {
          dashboard.find("input.query").press("Enter");
          assertThat(dashboard.find(".fault")).isVisible();
        } else {
          assertThat(dashboard.find(".completions li").first()).isVisible();
        }
        assertPasses(dashboard, look);
      }
    }
  }

  private static void assertPasses(DashboardPage dashboard, Look look) {
    // Injected by the browser's own means, which the page's policy doesn't bind.
    dashboard.page().evaluate(axe);
    assertThat((List<?>) dashboard.page().evaluate(VIOLATIONS)).as("%s", look).isEmpty();
  }
}
