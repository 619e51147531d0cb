package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.dashboard.DashboardPage.Look;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
      async () => (await axe.run({ resultTypes: ['violations'] })).violations
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
    aggregator.put(
        "/subscriptions/audit",
        "application/json",
        """
        {"topics":["auth.*"],"start":"earliest","ackDeadline":"1s","maxDeliveries":1}
        """);
    aggregator.post("/subscriptions/audit/pull?max=5", "application/json", "");
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
  @ValueSource(strings = {"overview", "explore", "live", "topics"})
  void viewsPass(String view) {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, view)) {
      dashboard.awaitContent();
      assertPasses(dashboard);
    }
  }

  @Test
  void theFirstVisitPasses() {
    try (RunningAggregator empty = RunningAggregator.start();
        DashboardPage dashboard = DashboardPage.open(empty, "overview")) {
      assertThat(dashboard.button("Copy")).isVisible();
      assertPasses(dashboard);
    }
  }

  @Test
  void aSubscriptionInFullPasses() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "subscriptions?name=audit")) {
      assertThat(dashboard.find(".parts tbody tr")).hasCount(5);
      assertPasses(dashboard);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"explore", "live"})
  void anEventInFullPasses(String view) {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, view)) {
      dashboard.rows().nth(8).click();
      assertThat(dashboard.find(".detail .inside")).isVisible();
      assertPasses(dashboard);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Publish a test event", "Delete auth.login", "Keys and query language"})
  void dialogsPass(String opener) {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "topics")) {
      dashboard.button(opener).click();
      assertThat(dashboard.find("dialog")).isVisible();
      assertPasses(dashboard);
    }
  }

  @Test
  void theChoiceOfTimePasses() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore")) {
      dashboard.button("Last hour").click();
      assertThat(dashboard.find(".popover")).isVisible();
      assertPasses(dashboard);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"explore?by=topic", "explore?fn=p95&of=durationMs&by=path"})
  void openFieldsAndChartsPass(String view) {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, view)) {
      assertThat(dashboard.find(".legend li").first()).isVisible();
      for (String field : List.of("level", "status", "path")) {
        dashboard.find(".facet-name").filter(hasText(field)).first().click();
      }
      assertThat(dashboard.find(".facet-detail:not([hidden])")).hasCount(3);
      assertThat(dashboard.find(".facet-detail:not([hidden]):not(:has(.facet-value))")).hasCount(0);
      dashboard.find(".facet-value .narrow").first().click();
      assertThat(dashboard.find(".facet-value [aria-pressed=true]")).hasCount(1);
      assertPasses(dashboard);

      // Where it is narrow, the fields take the place of the events.
      dashboard.become(LOOKS.getLast());
      dashboard.button("Fields").click();
      assertThat(dashboard.find(".fields")).isVisible();
      assertThat(violations(dashboard)).isEmpty();
    }
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void anErrorOfTheFieldsPasses() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      dashboard
          .page()
          .route(
              Pattern.compile("/stats/(fields|histogram)"),
              route ->
                  route.fulfill(
                      new Route.FulfillOptions().setStatus(503).setBody("Come back later.")));
      dashboard.page().navigate(aggregator.uri("/") + "#/explore");
      assertThat(dashboard.find(".fields .problem")).isVisible();
      assertThat(dashboard.find(".chart-message")).isVisible();
      assertPasses(dashboard);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"level: and", "le"})
  void errorsAndCompletionsPass(String query) {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore")) {
      dashboard.awaitContent();
      dashboard.find("input.query").pressSequentially(query);
      if (query.contains("and")) {
        dashboard.find("input.query").press("Enter");
        assertThat(dashboard.find(".fault")).isVisible();
      } else {
        assertThat(dashboard.find(".completions li").first()).isVisible();
      }
      assertPasses(dashboard);
    }
  }

  private static void assertPasses(DashboardPage dashboard) {
    // Injected by the browser's own means, which the page's policy doesn't bind.
    dashboard.page().evaluate(axe);
    for (Look look : LOOKS) {
      dashboard.become(look);
      assertThat(violations(dashboard)).as("%s", look).isEmpty();
    }
  }

  private static List<?> violations(DashboardPage dashboard) {
    return (List<?>) dashboard.page().evaluate(VIOLATIONS);
  }
}
