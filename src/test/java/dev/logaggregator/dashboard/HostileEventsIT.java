package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.dashboard.DashboardPage.Look;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Strangers decide what is in an event. None of it may run, deceive, or push the page about.
 *
 * <p>Tried are the strings below, and the Big List of Naughty Strings by Max Woolf (MIT, in {@code
 * src/test/resources/dashboard}).
 */
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

  /** Longer ones can't be looked for: a query has its limit. */
  private static final int LONGEST_TERM = 1_000;

  /** What must never be so, as a list of those that are. */
  private static final String FAULTS =
      """
      () => {
        const list = document.querySelector('.list');
        const detail = document.querySelector('.list .detail');
        const heights = [...document.querySelectorAll('.list .event[data-index]')]
          .map((row) => row.getBoundingClientRect().height);
        const inDocument = (selector) => document.querySelector(selector) !== null;
        return Object.entries({
          'something ran': window.hacked !== undefined,
          'markup became an element':
            inDocument('main :is(script, style, link, iframe, base, meta, img, object, embed)'),
          'a link that runs': inDocument("a[href^='javascript' i]"),
          'wider than the window': [document.documentElement, document.querySelector('main')]
            .some((element) => element.scrollWidth > element.clientWidth),
          'wider than the list': detail !== null && detail.scrollWidth > list.clientWidth,
          'rows of different heights': new Set(heights).size > 1,
          'wider than the fields': [...document.querySelectorAll('.fields, .facet-scroll, .legend')]
            .some((part) => part.scrollWidth > part.clientWidth && !part.matches('.folded *'))
            && window.innerWidth > 860,
        }).filter(([, isSo]) => isSo).map(([name]) => name);
      }
      """;

  /** Opens each row in turn, and looks for faults before and after. */
  private static final String FAULTS_OF_EACH_ROW =
      """
      async () => {
        const faults = %s;
        const list = document.querySelector('.list');
        const frame = () => new Promise(requestAnimationFrame);
        const rows = Number(list.getAttribute('aria-rowcount'));
        const found = [];
        for (let i = 0; i < rows; i += 1) {
          list.scrollTop = i * 26;
          await frame();
          const row = list.querySelector(`[data-index="${i}"]`);
          row.click();
          if (list.querySelector('.detail .inside') === null) {
            found.push(`row ${i} doesn't open`);
          }
          found.push(...faults().map((fault) => `row ${i}: ${fault}`));
          row.click();
        }
        return { rows, found };
      }
      """
          .formatted(FAULTS.strip());

  private static RunningAggregator aggregator;
  private static List<String> naughty;

  @BeforeAll
  static void publish() throws IOException {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
    naughty = naughtyStrings();
    List<Map<String, Object>> events = new ArrayList<>();
    for (String text : HOSTILE) {
      events.addAll(eventsWith(text));
    }
    for (String text : naughty) {
      events.add(Map.of("topic", "naughty", "payload", Map.of("naughty", text)));
    }
    for (int from = 0; from < naughty.size(); from += 20) {
      Map<String, Object> payload = new LinkedHashMap<>();
      naughty.subList(from, Math.min(from + 20, naughty.size())).forEach(s -> payload.put(s, s));
      events.add(Map.of("topic", "naughty.many", "level", "warn", "payload", payload));
    }
    events.add(Map.of("topic", "t".repeat(255), "payload", "long name"));
    events.add(Map.of("topic", "constructor", "payload", "a name of every object"));
    publish(events.stream().map(JSON::writeValueAsString).collect(Collectors.joining("\n")), 200);
    publish("{\"topic\":\"ok\"}\n" + HOSTILE.getFirst(), 207);
    aggregator.post("/publish/deep", "application/json", "[".repeat(60) + "]".repeat(60));
    giveUp();
  }

  private static List<String> naughtyStrings() throws IOException {
    try (InputStream file =
        HostileEventsIT.class.getResourceAsStream("/dashboard/naughty-strings.json")) {
      return List.of(JSON.readValue(file, String[].class)).stream()
          .filter(text -> !text.isEmpty())
          .distinct()
          .toList();
    }
  }

  private static List<Map<String, Object>> eventsWith(String text) {
    List<Map<String, Object>> events = new ArrayList<>();
    events.add(Map.of("topic", "hostile", "level", "error", "payload", text));
    Map<String, Object> nested = Map.of("__proto__", text, "k " + text, List.of(text));
    Map<String, Object> payload = Map.of("message", text, "nested", nested);
    events.add(Map.of("topic", "hostile", "level", "fatal", "payload", payload));
    String name = text.replaceAll("\\p{Cntrl}", " ").strip();
    if (!name.isEmpty() && name.length() <= 256) {
      Map<String, Object> attributes = Map.of("a", name);
      events.add(Map.of("topic", "named", "id", name, "source", name, "attributes", attributes));
    }
    return events;
  }

  private static void publish(String lines, int status) {
    assertThat(aggregator.post("/publish", "application/x-ndjson", lines).statusCode())
        .isEqualTo(status);
  }

  /** Makes dead letters of them, under a subscription that asks for one of them. */
  private static void giveUp() {
    Map<String, Object> settings =
        Map.of(
            "topics",
            List.of("hostile"),
            "q",
            "not \"<img src=y onerror=alert(1)>\"",
            "start",
            "earliest",
            "ackDeadline",
            "1s",
            "maxDeliveries",
            1);
    aggregator.put("/subscriptions/hostile", "application/json", JSON.writeValueAsString(settings));
    aggregator.post("/subscriptions/hostile/pull?max=100", "application/json", "");
  }

  @AfterAll
  static void stop() {
    if (aggregator != null) {
      aggregator.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overview", "explore", "live", "topics", "subscriptions?name=hostile"})
  void nothingRunsAndNothingBreaksTheLayout(String view) {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, view)) {
      dashboard.awaitContent();
      if (view.contains("?")) {
        assertThat(dashboard.find(".parts tbody tr").first()).containsText("not acknowledged");
      }
      assertHarmless(dashboard);
      dashboard.become(new Look(390, 844, ColorScheme.DARK));
      assertHarmless(dashboard);
    }
  }

  @Test
  void nothingRunsInDetails() {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=all&q=not%20topic:%20naughty")) {
      dashboard.awaitContent();
      Map<?, ?> result = (Map<?, ?>) dashboard.page().evaluate(FAULTS_OF_EACH_ROW);
      assertThat((Integer) result.get("rows"))
          .isGreaterThan(2 * HOSTILE.size() + naughty.size() / 20);
      assertThat((List<?>) result.get("found")).isEmpty();
    }
  }

  @Test
  void nothingRunsInRows() {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=all&q=topic:%20naughty")) {
      dashboard.awaitTotal(naughty.size() + " events");
      for (int i = 0; i < naughty.size(); i += 20) {
        dashboard.page().evaluate("i => document.querySelector('.list').scrollTop = i * 26", i);
        assertThat(dashboard.row(Math.min(i + 20, naughty.size() - 1))).isVisible();
        assertHarmless(dashboard);
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

  /** A person's clicks, but without the way to the browser and back for each. */
  private static final String FAULTS_OF_FILTERS =
      """
      async (longest) => {
        const list = document.querySelector('.list');
        const frame = () => new Promise(requestAnimationFrame);
        const total = () => document.querySelector('.stack[aria-busy]') !== null
          ? null : document.querySelector('.total').textContent;
        const becomes = async (wanted) => {
          const patience = performance.now() + 30_000;
          while (total() !== wanted && performance.now() < patience) {
            await frame();
          }
          return total() === wanted;
        };
        const all = total();
        const rows = Number(list.getAttribute('aria-rowcount'));
        const found = [];
        let tried = 0;
        for (let i = 0; i < rows; i += 1) {
          list.scrollTop = i * 26;
          await frame();
          list.querySelector(`[data-index="${i}"]`).click();
          const value = [...list.querySelectorAll('.detail .branch .branch .value')].at(-1);
          if (value.textContent.length <= longest) {
            value.click();
            tried += 1;
            if (!(await becomes('1 event')) || !document.querySelector('.fault').hidden) {
              found.push(`${document.querySelector('input.query').value}: ${total()}`);
            }
            history.back();
            await becomes(all);
          } else {
            list.querySelector(`[data-index="${i}"]`).click();
          }
        }
        return { tried, found };
      }
      """;

  @Test
  void filtersByAHostileValueAndByTheNameOfAHostileField() {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=all&q=level:%20fatal")) {
      dashboard.awaitTotal(HOSTILE.size() + " events");
      Map<?, ?> result = (Map<?, ?>) dashboard.page().evaluate(FAULTS_OF_FILTERS, LONGEST_TERM);
      assertThat((Integer) result.get("tried")).isGreaterThan(HOSTILE.size() - 4);
      assertThat((List<?>) result.get("found")).isEmpty();
    }
  }

  @Test
  void writesEachNaughtyStringSoThatTheServerFindsIt() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      Object notFound =
          dashboard
              .page()
              .evaluate(
                  """
                  async (texts) => {
                    const { value } = await import(new URL('dashboard/query.js', document.baseURI));
                    const { json } = await import(new URL('dashboard/api.js', document.baseURI));
                    const notFound = [];
                    for (const text of texts) {
                      const parameters = { q: `naughty: ${value(text)}`, limit: 500 };
                      const { events } = await json('events', { parameters });
                      if (!events.some(({ payload }) => payload.naughty === text)) {
                        notFound.push(text);
                      }
                    }
                    return notFound;
                  }
                  """,
                  naughty);
      assertThat((List<?>) notFound).isEmpty();
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

  /** Opens each field, waits for its values, looks for faults. */
  private static final String FAULTS_OF_EACH_FIELD =
      """
      async () => {
        const faults = %s;
        const found = [];
        const names = [...document.querySelectorAll('.facet-name')];
        for (const name of names) {
          name.click();
          const patience = performance.now() + 10_000;
          const detail = name.parentElement.querySelector('.facet-detail');
          while (detail.querySelector('.facet-value') === null && performance.now() < patience) {
            await new Promise(requestAnimationFrame);
          }
          found.push(...faults().map((fault) => `${name.title.slice(0, 80)}: ${fault}`));
        }
        const shown = document.querySelector('.fields').innerText;
        if (/[\\u0000-\\u0008\\u202a-\\u202e\\u2066-\\u2069]/.test(shown)) {
          found.push('a character that hides or turns text around');
        }
        return { names: names.length, found };
      }
      """
          .formatted(FAULTS.strip());

  @Test
  void nothingRunsInFieldsAndTheirValues() {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=all&q=topic:%20hostile")) {
      assertThat(dashboard.find(".facet").first()).isVisible();
      Map<?, ?> result = (Map<?, ?>) dashboard.page().evaluate(FAULTS_OF_EACH_FIELD);
      assertThat((Integer) result.get("names")).isGreaterThan(HOSTILE.size());
      assertThat((List<?>) result.get("found")).isEmpty();
      dashboard.become(new Look(390, 844, ColorScheme.DARK));
      dashboard.button("Fields").click();
      assertHarmless(dashboard);
    }
  }

  /**
   * What narrows by the most frequent value of each field, whose name a stranger chose, finds some.
   */
  private static final String FAULTS_OF_NARROWING =
      """
      async (longest) => {
        const { term } = await import(new URL('dashboard/query.js', document.baseURI));
        const { json } = await import(new URL('dashboard/api.js', document.baseURI));
        const { fields } = await json('stats/fields', { parameters: { topic: 'naughty.**', limit: 1000 } });
        const found = [];
        let tried = 0;
        for (const { field } of fields.filter(({ field }) => field.length < longest).slice(0, 300)) {
          const { values } = await json('stats/values', { parameters: { topic: 'naughty.**', field, limit: 1 } });
          if (values.length > 0 && values[0].value.length < longest) {
            tried += 1;
            const q = term(field, values[0].value);
            const { events } = await json('events', { parameters: { topic: 'naughty.**', q, limit: 1 } });
            if (events.length === 0) {
              found.push(q);
            }
          }
        }
        return { tried, found };
      }
      """;

  @Test
  void writesTheNameOfEachFieldSoThatTheServerFindsIt() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      Map<?, ?> result = (Map<?, ?>) dashboard.page().evaluate(FAULTS_OF_NARROWING, LONGEST_TERM);
      assertThat((Integer) result.get("tried")).isGreaterThan(100);
      assertThat((List<?>) result.get("found")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"naughty", "nested.__proto__", "message"})
  void nothingRunsInAChartByAHostileField(String field) {
    try (DashboardPage dashboard =
        DashboardPage.open(aggregator, "explore?since=all&topic=**&by=" + field)) {
      assertThat(dashboard.find(".legend li").first()).isVisible();
      assertThat(dashboard.find(".stack[aria-busy]")).hasCount(0);
      dashboard.find(".chart .u-over").hover();
      assertHarmless(dashboard);
    }
  }

  @Test
  void aHostileAddressDoesNoHarm() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      for (String state :
          List.of(
              "explore?since=%3Cscript%3E",
              "explore?q=%3Cimg%20src=x%20onerror=alert(1)%3E",
              "explore?before=nonsense",
              "explore?by=%3Cimg%20src=x%20onerror=alert(1)%3E",
              "explore?fn=constructor&of=__proto__&by=toString",
              "explore?since=all&topic=%3Cb%3E",
              "subscriptions?name=%3Cimg%20src=x%20onerror=alert(1)%3E",
              "constructor",
              "explore?q=%FF%FE")) {
        dashboard.page().navigate(aggregator.uri("/") + "#/" + state);
        dashboard.page().reload();
        assertThat(dashboard.find("#server")).containsText("Connected");
        assertThat(dashboard.find(".stack[aria-busy]")).hasCount(0);
        assertHarmless(dashboard);
      }
    }
  }

  private static void assertHarmless(DashboardPage dashboard) {
    assertThat((List<?>) dashboard.page().evaluate(FAULTS)).isEmpty();
  }
}
