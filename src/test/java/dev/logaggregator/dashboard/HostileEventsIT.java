package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.dashboard.DashboardPage.Look;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Strangers decide what is in an event. None of it may run, deceive, or push the page about. */
class HostileEventsIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String RUNS = "window.hacked=1;fetch('https://elsewhere.example/')";

  private static final List<String> HOSTILE =
      List.of(
          "<script>" + RUNS + "</script>",
          "<img src=x onerror=\"" + RUNS + "\">",
          "\"><svg/onload=" + RUNS + "><!--",
          "</span></div></main><iframe src=\"javascript:" + RUNS + "\"></iframe>",
          "javascript:" + RUNS,
          "<a href=\"javascript:" + RUNS + "\">click me</a>",
          "<style>*{display:none}</style><link rel=stylesheet href=//elsewhere.example/x.css>",
          "<base href=\"https://elsewhere.example/\"><meta http-equiv=refresh content=0>",
          "{{constructor.constructor('" + RUNS + "')()}} ${" + RUNS + "} #{7*7}",
          "user\u202Egnp.exe \u2066isolated\u2069 \u061C\u200F",
          "\u05D0\u05E8\u05D5\u05DB\u05D4 mixed \u0645\u0631\u062D\u0628\u0627 123",
          "a\u0000b\u0001c\u001B[31mred\u001B[0m\u0007\u0008",
          "zero\u200Bwidth\uFEFF\u2060\u00AD and \u2028 separators \u2029",
          "Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319a\u0357\u0308l\u0363\u0366g\u0364o",
          "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08"
              + " \uFDFD",
          "x".repeat(20_000),
          "\u0939".repeat(3_000),
          "line one\nline two\r\n\tindented\n\n\n",
          "null",
          "undefined",
          "__proto__",
          "' OR 1=1 --",
          "../../etc/passwd%00",
          "%s%n%p {0} \\\"quoted\\\"",
          "");

  private static RunningAggregator aggregator;

  @BeforeAll
  static void publish() {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
    for (String text : HOSTILE) {
      publish(Map.of("topic", "hostile", "level", "error", "payload", text));
      publish(
          Map.of(
              "topic",
              "hostile",
              "level",
              "fatal",
              "payload",
              Map.of(
                  "message",
                  text,
                  "nested",
                  Map.of("__proto__", text, "k " + text, List.of(text)))));
      String printable = text.replaceAll("\\p{Cntrl}", " ").strip();
      if (!printable.isEmpty() && printable.length() <= 256) {
        publish(
            Map.of(
                "topic",
                "hostile.envelope",
                "id",
                printable,
                "source",
                printable,
                "attributes",
                Map.of("a", printable)));
      }
    }
    publish(Map.of("topic", "t".repeat(255), "payload", "long name"));
    publish(Map.of("topic", "constructor", "payload", "a name of every object"));
    aggregator.post(
        "/publish", "application/x-ndjson", "{\"topic\":\"ok\"}\n" + HOSTILE.getFirst());
    aggregator.post("/publish/deep", "application/json", "[".repeat(60) + "]".repeat(60));
  }

  private static void publish(Map<String, Object> envelope) {
    String json = JSON.writeValueAsString(envelope);
    assertThat(aggregator.post("/publish", "application/json", json).statusCode())
        .as(json)
        .isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    if (aggregator != null) {
      aggregator.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overview", "explore", "live", "topics", "subscriptions"})
  void nothingRunsAndNothingBreaksTheLayout(String view) {
    for (Look look : List.of(Look.DESK, new Look(390, 844, ColorScheme.DARK))) {
      try (DashboardPage dashboard = DashboardPage.open(aggregator, view, look)) {
        dashboard.page().waitForTimeout(1_500);
        assertHarmless(dashboard);
      }
    }
  }

  @Test
  void nothingRunsInDetails() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore?since=all")) {
      assertThat(dashboard.row(0)).isVisible();
      int rows = Integer.parseInt(dashboard.find(".list").getAttribute("aria-rowcount"));
      assertThat(rows).isGreaterThan(2 * HOSTILE.size());
      for (int i = 0; i < rows; i++) {
        dashboard.page().evaluate("i => document.querySelector('.list').scrollTop = i * 26", i);
        dashboard.row(i).click();
        assertThat(dashboard.find(".detail .inside")).isVisible();
        assertHarmless(dashboard);
        dashboard.row(i).click();
        assertThat(dashboard.find(".detail")).hasCount(0);
      }
    }
  }

  @Test
  void charactersThatHideOrTurnTextAroundAreShownAsTheirCode() {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=all&q=gnp%20and%20level:%20error")) {
      assertThat(dashboard.row(0)).containsText("user\\u202egnp.exe \\u2066isolated\\u2069");
      dashboard.row(0).click();
      assertThat(dashboard.find(".detail .json")).containsText("user\\u202egnp.exe");
    }
  }

  @Test
  void filtersByAHostileValueAndByTheNameOfAHostileField() {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=all&q=level:%20fatal")) {
      dashboard.awaitTotal(HOSTILE.size() + " events");
      for (int i = 0; i < HOSTILE.size(); i++) {
        String text = HOSTILE.get(HOSTILE.size() - 1 - i);
        if (text.length() > 1_000) {
          continue; // longer than a query may be
        }
        dashboard.page().evaluate("i => document.querySelector('.list').scrollTop = i * 26", i);
        dashboard.row(i).click();
        Locator deepest = dashboard.find(".detail .branch .branch .line").last();
        deepest.locator(".value").click();
        assertThat(dashboard.find(".fault")).isHidden();
        dashboard.awaitTotal("1 event");
        dashboard.page().goBack();
        dashboard.awaitTotal(HOSTILE.size() + " events");
      }
    }
  }

  @Test
  void nothingRunsInCompletions() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore?since=all")) {
      dashboard.find("input.query").pressSequentially("id: ");
      assertThat(dashboard.find(".completions li").first()).isVisible();
      assertHarmless(dashboard);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explore?since=%3Cscript%3E",
        "explore?q=%3Cimg%20src=x%20onerror=alert(1)%3E",
        "explore?before=nonsense",
        "explore?since=all&topic=%3Cb%3E",
        "constructor",
        "explore?q=%FF%FE"
      })
  void aHostileAddressDoesNoHarm(String state) {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, state)) {
      dashboard.page().waitForTimeout(500);
      assertHarmless(dashboard);
    }
  }

  private static void assertHarmless(DashboardPage dashboard) {
    assertThat(dashboard.page().evaluate("window.hacked")).isNull();
    assertThat(dashboard.find("main :is(script,style,link,iframe,base,meta,img,object)"))
        .hasCount(0);
    assertThat(dashboard.find("a[href^='javascript' i]")).hasCount(0);
    assertThat(
            dashboard
                .page()
                .evaluate(
                    "[document.documentElement, document.querySelector('main')]"
                        + ".filter(e => e.scrollWidth > e.clientWidth).length"))
        .as("elements wider than the window")
        .isEqualTo(0);
    assertThat(
            dashboard
                .page()
                .evaluate(
                    "new Set([...document.querySelectorAll('.list .event[data-index]')]"
                        + ".map(e => e.getBoundingClientRect().height)).size <= 1"))
        .as("rows are equally high")
        .isEqualTo(true);
  }
}
