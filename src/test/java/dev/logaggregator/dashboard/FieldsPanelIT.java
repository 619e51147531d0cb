package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.dashboard.DashboardPage.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Exploring by field: the panel beside the events, the chart by any field, and what completes. */
class FieldsPanelIT {

  private static final String FIELDS_ROUTE = "**/stats/fields*";
  private static final Look NARROW = new Look(390, 844, ColorScheme.LIGHT);
  private static final int REQUESTS = 600;
  private static final int JOBS = 200;

  private static RunningAggregator aggregator;

  /** Requests with a status and a duration, and jobs that have neither. */
  @BeforeAll
  static void publish() {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
    Instant start = Instant.now().minus(Duration.ofMinutes(50));
    String requests =
        IntStream.range(0, REQUESTS)
            .mapToObj(i -> request(start.plusSeconds(4L * i), i))
            .collect(Collectors.joining("\n"));
    String jobs =
        IntStream.range(0, JOBS)
            .mapToObj(i -> job(start.plusSeconds(12L * i), i))
            .collect(Collectors.joining("\n"));
    aggregator.post("/publish", "application/x-ndjson", requests);
    aggregator.post("/publish", "application/x-ndjson", jobs);
  }

  private static String request(Instant timestamp, int i) {
    int status = i % 20 == 7 ? 500 : i % 10 == 3 ? 404 : 200;
    return """
    {"topic":"http.access","source":"gateway","level":"%s","timestamp":"%s","payload":\
    {"status":%d,"path":"/p/%d","durationMs":%d,"cached":%b,"user":{"name":"user %d"}}}\
    """
        .formatted(
            status == 500 ? "ERROR" : "INFO", timestamp, status, i % 15, i, i % 4 == 0, i % 3);
  }

  private static String job(Instant timestamp, int i) {
    return "{\"topic\":\"jobs\",\"timestamp\":\"%s\",\"payload\":{\"job\":\"clean %d\"}}"
        .formatted(timestamp, i % 2);
  }

  @AfterAll
  static void stop() {
    if (aggregator != null) {
      aggregator.close();
    }
  }

  private static DashboardPage explore(String parameters) {
    return DashboardPage.open(aggregator, "explore?since=1h" + parameters);
  }

  private static Locator facet(DashboardPage dashboard, String name) {
    return dashboard.find(".facet:has(.facet-name[title^='" + name + ":'])");
  }

  private static Locator open(DashboardPage dashboard, String name) {
    Locator facet = facet(dashboard, name);
    facet.locator(".facet-name").click();
    assertThat(facet.locator(".facet-value").first()).isVisible();
    return facet;
  }

  private static Locator value(Locator facet, String value) {
    return facet
        .locator(".facet-value")
        .filter(new Locator.FilterOptions().setHasText(value))
        .first();
  }

  @Test
  void showsTheFieldsOfTheEventsFoundWithKindShareAndValues() {
    try (DashboardPage dashboard = explore("")) {
      assertThat(facet(dashboard, "topic").locator(".share")).isEmpty();
      assertThat(facet(dashboard, "status").locator(".share")).hasText("75%");
      assertThat(facet(dashboard, "status").locator(".facet-name")).containsText("number");
      assertThat(facet(dashboard, "cached").locator(".facet-name")).containsText("boolean");
      assertThat(facet(dashboard, "user.name").locator(".facet-name")).containsText("text");
      assertThat(facet(dashboard, "id")).hasCount(0);

      Locator status = open(dashboard, "status");
      assertThat(status.locator(".facet-note").first()).hasText("3 values · 200 – 500");
      assertThat(status.locator(".facet-value .text")).hasText(new String[] {"200", "404", "500"});
      assertThat(status.locator(".facet-value .figure")).hasText(new String[] {"510", "60", "30"});

      dashboard.query("topic: jobs");
      dashboard.awaitTotal("200 events");
      assertThat(facet(dashboard, "job").locator(".share")).hasText("100%");
      assertThat(facet(dashboard, "status")).hasCount(0);
    }
  }

  @Test
  void narrowsByAValueTakesItBackAndLeavesItOut() {
    try (DashboardPage dashboard = explore("")) {
      Locator status = open(dashboard, "status");
      value(status, "404").locator(".narrow").click();
      dashboard.awaitTotal("60 events");
      assertThat(dashboard.find("input.query")).hasValue("status: 404");
      assertThat(status.locator(".facet-value")).hasCount(1);
      assertThat(value(status, "404").locator(".narrow")).hasAttribute("aria-pressed", "true");

      value(status, "404").locator(".narrow").click();
      dashboard.awaitTotal("800 events");
      assertThat(dashboard.find("input.query")).hasValue("");

      Locator name = open(dashboard, "user.name");
      value(name, "user 1").hover();
      value(name, "user 1").locator(".exclude").click();
      dashboard.awaitTotal("600 events");
      assertThat(dashboard.find("input.query")).hasValue("not user.name: \"user 1\"");
      assertThat(name.locator(".facet-value")).hasCount(2);
    }
  }

  @Test
  void narrowsToEventsThatHaveAFieldOrDont() {
    try (DashboardPage dashboard = explore("")) {
      open(dashboard, "job");
      dashboard.button("Has it").click();
      dashboard.awaitTotal("200 events");
      assertThat(dashboard.find("input.query")).hasValue("job: *");
      dashboard.page().goBack();
      dashboard.awaitTotal("800 events");
      dashboard.button("Hasn’t").click();
      dashboard.awaitTotal("600 events");
    }
  }

  @Test
  void chartsByAnyFieldTheTenMostFrequentTheOthersAndThoseWithoutIt() {
    try (DashboardPage dashboard = explore("")) {
      open(dashboard, "path").getByText("Chart").click();
      assertThat(dashboard.page()).hasURL(Pattern.compile(".*by=path.*"));
      Locator legend = dashboard.find(".legend li");
      assertThat(legend).hasCount(12);
      assertThat(legend.nth(10)).hasText("other values200");
      assertThat(legend.nth(11)).hasText("without it200");
      assertThat(dashboard.find(".chart"))
          .hasAttribute("aria-label", Pattern.compile("Events by path over time: 800 events.*"));

      legend.nth(11).locator("button").click();
      assertThat(dashboard.find("input.query")).hasValue("not path: *");
      dashboard.awaitTotal("200 events");
      assertThat(dashboard.page()).hasURL(Pattern.compile(".*by=path.*"));
    }
  }

  @Test
  void chartsANumberOverTimeAndDividesIt() {
    try (DashboardPage dashboard = explore("")) {
      open(dashboard, "durationMs").getByText("p95").click();
      assertThat(dashboard.page()).hasURL(Pattern.compile(".*fn=p95&of=durationMs.*"));
      Locator chart = dashboard.find(".chart");
      assertThat(chart)
          .hasAttribute(
              "aria-label", Pattern.compile("p95 of durationMs over time: from \\d+ to 59\\d, .*"));
      assertThat(dashboard.page().getByText("≈ estimated")).isHidden();
      assertThat(dashboard.find(".legend")).isHidden();

      dashboard.page().getByLabel("Divided by").selectOption("status");
      assertThat(dashboard.find(".legend li")).hasCount(3);
      dashboard.page().getByLabel("What is shown").selectOption("max");
      assertThat(chart).hasAttribute("aria-label", Pattern.compile("most of .* to 599, .*"));
      dashboard.page().getByLabel("What is shown").selectOption("");
      assertThat(chart).hasAttribute("aria-label", Pattern.compile("Events by status .*"));
    }
  }

  @Test
  void keepsItsStateInTheAddress() {
    try (DashboardPage dashboard = explore("&fn=avg&of=durationMs&by=cached")) {
      assertThat(dashboard.page().getByLabel("What is shown")).hasValue("avg");
      assertThat(dashboard.page().getByLabel("Of which field")).hasValue("durationMs");
      assertThat(dashboard.page().getByLabel("Divided by")).hasValue("cached");
      assertThat(dashboard.find(".legend li .text").first()).hasText("false");
    }
  }

  @Test
  void canBeUsedByKeysAlone() {
    try (DashboardPage dashboard = explore("")) {
      assertThat(facet(dashboard, "status")).isVisible();
      dashboard.page().keyboard().press("f");
      dashboard.page().keyboard().type("STAT");
      assertThat(dashboard.find(".facet")).hasCount(1);
      dashboard.page().keyboard().press("Tab");
      assertThat(facet(dashboard, "status").locator(".facet-name")).isFocused();
      dashboard.page().keyboard().press("ArrowRight");
      Locator first = dashboard.find(".facet-value").first();
      assertThat(first).isVisible();
      dashboard.page().keyboard().press("ArrowDown");
      assertThat(first.locator(".narrow")).isFocused();
      dashboard.page().keyboard().press("ArrowRight");
      assertThat(first.locator(".exclude")).isFocused();
      dashboard.page().keyboard().press("ArrowLeft");
      dashboard.page().keyboard().press("Enter");
      dashboard.awaitTotal("510 events");
      assertThat(first.locator(".narrow")).hasAttribute("aria-pressed", "true");
      assertThat(first.locator(".narrow")).isFocused();
      dashboard.page().keyboard().press("ArrowLeft");
      dashboard.page().keyboard().press("ArrowLeft");
      assertThat(first).isHidden();
      assertThat(facet(dashboard, "status").locator(".facet-name")).isFocused();
    }
  }

  @Test
  void foldsAwayBehindAButtonWhereItIsNarrow() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore?since=1h", NARROW)) {
      dashboard.awaitTotal("800 events");
      assertThat(dashboard.find(".fields")).isHidden();
      dashboard.button("Fields").click();
      assertThat(dashboard.find(".list")).isHidden();
      value(open(dashboard, "status"), "500").locator(".narrow").click();
      dashboard.button("Fields").click();
      assertThat(dashboard.find(".fields")).isHidden();
      dashboard.awaitTotal("30 events");
      assertThat(dashboard.row(0)).isVisible();
    }
  }

  @Test
  void staysFoldedAwayWhereSomebodyWantsItSo() {
    try (DashboardPage dashboard = explore("")) {
      assertThat(dashboard.find(".fields")).isVisible();
      dashboard.button("Fields").click();
      assertThat(dashboard.find(".fields")).isHidden();
      dashboard.page().reload();
      dashboard.awaitTotal("800 events");
      assertThat(dashboard.find(".fields")).isHidden();
      dashboard.page().keyboard().press("f");
      assertThat(dashboard.page().getByLabel("Find a field")).isFocused();
    }
  }

  @Test
  void showsWhatIsWrongWithItWhereItIsAndHarmsNothingElse() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      dashboard.page().route(FIELDS_ROUTE, FieldsPanelIT::refuse);
      dashboard.page().navigate(aggregator.uri("/") + "#/explore?since=1h");
      dashboard.awaitTotal("800 events");
      assertThat(dashboard.row(0)).isVisible();
      assertThat(dashboard.find(".fields .problem")).containsText("Too much is being counted.");
      assertThat(dashboard.find(".found .problem:visible")).hasCount(0);
      dashboard.find("input.query").pressSequentially("jo");
      assertThat(dashboard.find(".completions li").first()).containsText("job:");

      dashboard.page().unroute(FIELDS_ROUTE);
      dashboard.find(".fields .problem button").click();
      assertThat(facet(dashboard, "status")).isVisible();
      assertThat(dashboard.find(".fields .problem")).isHidden();
    }
  }

  private static void refuse(Route route) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(503)
            .setContentType("application/problem+json")
            .setBody("{\"title\":\"Overloaded\",\"detail\":\"Too much is being counted.\"}"));
  }

  @Test
  void isNeverWaitedForAndGivenUpWhenTheQueryChanges() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      dashboard.page().evaluate(REMEMBER_WHAT_IS_ASKED);
      dashboard.page().route(FIELDS_ROUTE, FieldsPanelIT::neverAnswer);
      dashboard.page().navigate(aggregator.uri("/") + "#/explore?since=1h");
      dashboard.awaitTotal("800 events");
      assertThat(dashboard.row(0)).isVisible();
      assertThat(dashboard.find(".fields")).hasAttribute("aria-busy", "true");
      dashboard.find("input.query").pressSequentially("status: 5");
      assertThat(dashboard.find(".completions li").first()).containsText("500");
      assertThat(givenUp(dashboard)).isEqualTo(List.of(false));

      dashboard.page().unroute(FIELDS_ROUTE);
      dashboard.query("status: 500");
      dashboard.awaitTotal("30 events");
      assertThat(facet(dashboard, "status").locator(".share")).hasText("100%");
      assertThat(givenUp(dashboard)).isEqualTo(List.of(true, false));
    }
  }

  private static final String REMEMBER_WHAT_IS_ASKED =
      """
      () => {
        const really = window.fetch;
        window.asked = [];
        window.fetch = (address, options) => {
          window.asked.push({ address: String(address), signal: options.signal });
          return really(address, options);
        };
      }
      """;

  /** For each time that fields were asked for, whether the page has lost interest. */
  private static Object givenUp(DashboardPage dashboard) {
    return dashboard
        .page()
        .evaluate(
            "() => asked.filter(({ address }) => address.includes('stats/fields'))"
                + ".map(({ signal }) => signal.aborted)");
  }

  private static void neverAnswer(Route route) {
    // The page is told nothing, as by a server that counts for long.
  }

  @Test
  void saysWhatIsAnEstimateAndWhatIsIncomplete() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      dashboard
          .page()
          .route(
              FIELDS_ROUTE,
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setContentType("application/json")
                          .setBody(
                              """
                              {"events":9000000,"incomplete":"timeout","fields":[
                                {"field":"status","kind":"number","events":8123,"distinct":3,
                                 "min":200,"max":503},
                                {"field":"path","kind":"text","events":3,"distinct":98850,
                                 "approximate":true}]}
                              """)));
      dashboard
          .page()
          .route(
              "**/stats/histogram*",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setContentType("application/json")
                          .setBody(
                              """
                              {"interval":"1h","buckets":[{"start":"2026-11-22T07:00:00Z",
                               "count":90000,"value":12.5,"approximate":true}]}
                              """)));
      dashboard.page().navigate(aggregator.uri("/") + "#/explore?since=1h&fn=p95&of=durationMs");
      assertThat(dashboard.page().getByText("≈ estimated")).isVisible();
      assertThat(dashboard.find(".fields .facet-scroll > .facet-note"))
          .hasText("Time was over before all events were counted.");
      assertThat(open(dashboard, "status").locator(".facet-note").first())
          .hasText("3 values · 200 – 503");
      assertThat(open(dashboard, "path").locator(".facet-note").first()).hasText("≈ 98.9K values");
      assertThat(facet(dashboard, "path").locator(".share")).hasText("<0.1%");
    }
  }

  @Test
  void completesNamesAndValuesOfThePayload() {
    try (DashboardPage dashboard = explore("&q=status:%20500")) {
      dashboard.awaitTotal("30 events");
      assertThat(facet(dashboard, "durationMs")).isVisible();
      Locator query = dashboard.find("input.query");
      query.fill("");
      query.pressSequentially("dura");
      Locator first = dashboard.find(".completions li").first();
      assertThat(first).hasText(Pattern.compile("durationMs:number, 7 – 587"));
      query.fill("");
      query.pressSequentially("user.na");
      assertThat(first).containsText("user.name:");
      query.press("ArrowDown");
      query.press("Enter");
      assertThat(query).hasValue("user.name: ");
      assertThat(dashboard.find(".completions li")).hasCount(3);
      query.pressSequentially("\"user 1");
      assertThat(dashboard.find(".completions li")).hasCount(1);
      assertThat(first).containsText("\"user 1\"");
      query.press("ArrowDown");
      query.press("Enter");
      query.press("Escape");
      query.press("Enter");
      dashboard.awaitTotal("200 events");
    }
  }

  /** More values than are asked for at once: what was typed is looked for in all of them. */
  @Test
  void completesAValueThatIsNotAmongTheMostFrequent() {
    try (DashboardPage dashboard = explore("")) {
      dashboard.awaitTotal("800 events");
      Locator query = dashboard.find("input.query");
      query.pressSequentially("durationMs: 59");
      assertThat(dashboard.find(".completions li").first()).containsText("59");
      query.press("ArrowDown");
      query.press("Enter");
      assertThat(query).hasValue(Pattern.compile("durationMs: 59\\d? "));
    }
  }

  @Test
  void completesInLiveToo() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "live")) {
      assertThat(dashboard.find(".stream-state")).hasText("Following");
      Locator query = dashboard.find("input.query");
      query.focus();
      query.pressSequentially("cach");
      assertThat(dashboard.find(".completions li").first()).containsText("cached:");
    }
  }
}
