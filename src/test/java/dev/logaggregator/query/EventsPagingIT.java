package dev.logaggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code GET /events} as JSON: pages, cursors, filters, and what it refuses. */
class EventsPagingIT {

  private static final RunningAggregator AGGREGATOR = RunningAggregator.shared();
  private static final int EVENTS = 250;

  /** {@code paging.a} and {@code paging.b} in turns, ids 0 to 249, {@code n} in the payload. */
  @BeforeAll
  static void publish() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      lines.add(
          """
          {"topic":"paging.%s","id":"%d","source":"s%d","level":"%s",\
          "timestamp":"2026-01-01T00:%02d:%02dZ","payload":{"n":%d}}\
          """
              .formatted(
                  i % 2 == 0 ? "a" : "b",
                  i,
                  i % 3,
                  i % 10 == 0 ? "ERROR" : "INFO",
                  i / 60,
                  i % 60,
                  i));
    }
    HttpResponse<String> answer =
        AGGREGATOR.post("/publish", "application/x-ndjson", String.join("\n", lines));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void givesTheNewestHundredByDefault() {
    JsonNode page = AGGREGATOR.getJson("/events?topic=paging.*");

    assertThat(ids(page)).isEqualTo(descending(EVENTS - 1, EVENTS - 100));
    assertThat(page.at("/hasMore").asBoolean()).isTrue();
    assertThat(page.at("/scanned").isIntegralNumber()).isTrue();
    assertThat(page.at("/tookMillis").isNumber()).isTrue();
    assertThat(page.has("gap")).isFalse();
  }

  @Test
  void givesEachEventAsTheContractSaysAndLeavesOutWhatIsAbsent() {
    AGGREGATOR.post(
        "/publish",
        "application/json",
        """
        {"topic":"paging-shape","id":"full","source":"checkout","level":"warning",\
        "timestamp":"2026-11-22T07:00:00.5Z","attributes":{"k":"v"},"payload":{"amount":99.50}}\
        """);
    AGGREGATOR.post(
        "/publish", "application/json", "{\"topic\":\"paging-shape\",\"payload\":null}");

    JsonNode events = AGGREGATOR.getJson("/events?topic=paging-shape&order=asc").at("/events");

    JsonNode full = events.get(0);
    assertThat(full.propertyNames())
        .containsExactly(
            "offset",
            "topic",
            "id",
            "source",
            "level",
            "timestamp",
            "receivedAt",
            "attributes",
            "payload");
    assertThat(full.at("/timestamp").asString()).isEqualTo("2026-11-22T07:00:00.500Z");
    assertThat(full.at("/level").asString()).isEqualTo("WARN");
    assertThat(events.get(1).propertyNames())
        .containsExactly("offset", "topic", "id", "timestamp", "receivedAt", "payload");
    assertThat(AGGREGATOR.get("/events?topic=paging-shape&id=full").body())
        .contains("\"payload\":{\"amount\":99.50}");
  }

  @Test
  void readsTheWholeLogForwardWithNoGapAndNoRepeatByPassingNextAsAfter() {
    List<Integer> read = new ArrayList<>();
    String after = "-1";
    JsonNode page;
    do {
      page = AGGREGATOR.getJson("/events?topic=paging.*&order=asc&limit=70&after=" + after);
      read.addAll(ids(page));
      after = page.at("/next").asString();
    } while (page.at("/hasMore").asBoolean());

    assertThat(read).isEqualTo(ascending(0, EVENTS - 1));
    JsonNode nothing = AGGREGATOR.getJson("/events?topic=paging.*&order=asc&after=" + after);
    assertThat(nothing.at("/events").isEmpty()).isTrue();
    assertThat(nothing.at("/hasMore").asBoolean()).isFalse();
    assertThat(offset(nothing.at("/next").asString())).isGreaterThanOrEqualTo(offset(after));
  }

  @Test
  void readsTheWholeLogBackwardByPassingNextAsBefore() {
    List<Integer> read = new ArrayList<>();
    String before = "";
    JsonNode page;
    do {
      page = AGGREGATOR.getJson("/events?topic=paging.*&limit=70" + before);
      read.addAll(ids(page));
      before = "&before=" + page.at("/next").asString();
    } while (page.at("/hasMore").asBoolean());

    assertThat(read).isEqualTo(descending(EVENTS - 1, 0));
    assertThat(page.has("next")).as("next at the end").isFalse();
  }

  @Test
  void saysWhetherThereIsMoreToTheLastEvent() {
    assertThat(more("/events?topic=paging.*&limit=249")).isTrue();
    assertThat(more("/events?topic=paging.*&limit=250")).isFalse();
    assertThat(more("/events?topic=paging.*&limit=249&order=asc")).isTrue();
    assertThat(more("/events?topic=paging.*&limit=250&order=asc")).isFalse();
  }

  @Test
  void takesAfterAndBeforeAsExclusiveBoundsInEitherOrder() {
    long first = offsetOf(10);
    String range = "/events?topic=paging.*&after=%d&before=%d".formatted(first, first + 5);

    assertThat(ids(AGGREGATOR.getJson(range))).isEqualTo(descending(14, 11));
    assertThat(ids(AGGREGATOR.getJson(range + "&order=asc"))).isEqualTo(ascending(11, 14));
    assertThat(ids(AGGREGATOR.getJson("/events?topic=paging.*&before=" + (first + 1))))
        .isEqualTo(descending(10, 0));
    assertThat(ids(AGGREGATOR.getJson("/events?topic=paging.*&after=" + offsetOf(247))))
        .isEqualTo(descending(249, 248));
  }

  @Test
  void endsARangeWhereItEnds() {
    long first = offsetOf(10);
    JsonNode page =
        AGGREGATOR.getJson(
            "/events?topic=paging.*&order=asc&after=%d&before=%d".formatted(first, first + 5));

    assertThat(offset(page.at("/next").asString())).isEqualTo(first + 4);
    assertThat(page.at("/hasMore").asBoolean()).isFalse();
  }

  @Test
  void neverGoesBackFromACursorAheadOfTheLog() {
    JsonNode page = AGGREGATOR.getJson("/events?order=asc&after=999999999");

    assertThat(page.at("/events").isEmpty()).isTrue();
    assertThat(page.at("/next").asString()).endsWith(".999999999");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topic=paging.a&limit=3                       | 248,246,244",
        "topic=paging.a&topic=paging.b&limit=3        | 249,248,247",
        "topic=paging.*&source=s1&limit=3             | 247,244,241",
        "topic=paging.*&source=s0,s1&limit=3          | 249,247,246",
        "topic=paging.*&level=error&limit=3           | 240,230,220",
        "topic=paging.*&minLevel=warn&limit=3         | 240,230,220",
        "topic=paging.*&id=7                          | 7",
        "topic=paging.*&id=7,9&order=asc              | 7,9",
        "topic=paging.*&since=2026-01-01T00:04:08Z    | 249,248",
        "topic=paging.*&until=2026-01-01T00:00:02Z    | 1,0",
        "topic=paging.*&q=n:7                         | 7",
        "topic=paging.*&q=n%20%3E%3D%20248            | 249,248",
        "topic=paging.a&level=error&source=s1         | 220,190,160,130,100,70,40,10",
      })
  void takesTheFilters(String query, String ids) {
    String expected =
        String.join(
            ",",
            ids(AGGREGATOR.getJson("/events?" + query)).stream().map(String::valueOf).toList());

    assertThat(expected).isEqualTo(ids);
  }

  @Test
  void readsSystemTopicsOnlyWhenTheyAreNamed() {
    AGGREGATOR.post("/publish", "application/x-ndjson", "{\"topic\":\"paging-system\"}\nnonsense");

    assertThat(AGGREGATOR.getJson("/events?q=nonsense").at("/events").isEmpty()).isTrue();
    JsonNode rejected = AGGREGATOR.getJson("/events?topic=_rejected&q=nonsense&limit=1");
    assertThat(rejected.at("/events/0/topic").asString()).isEqualTo("_rejected");
    long offset = rejected.at("/events/0/offset").asLong();
    assertThat(AGGREGATOR.get("/events/" + offset).statusCode()).isEqualTo(404);
  }

  @Test
  void endsAPageThatIsTooLargeEarlyAndSaysThatThereIsMore() {
    String payload = "\"" + "x".repeat(1_000_000) + "\"";
    for (int i = 0; i < 20; i++) {
      AGGREGATOR.post("/publish/paging-large?id=" + i, "application/json", payload);
    }

    JsonNode page = AGGREGATOR.getJson("/events?topic=paging-large&order=asc&limit=10000");

    assertThat(page.at("/events").size()).isEqualTo(17);
    assertThat(page.at("/hasMore").asBoolean()).isTrue();
    JsonNode rest =
        AGGREGATOR.getJson(
            "/events?topic=paging-large&order=asc&after=" + page.at("/next").asString());
    assertThat(ids(rest)).containsExactly(17, 18, 19);
    AGGREGATOR.delete("/topics/paging-large");
  }

  @Test
  void mayBeAskedForItsHeadersOnly() {
    HttpResponse<String> head =
        AGGREGATOR.send(
            AGGREGATOR.request("/events").method("HEAD", BodyPublishers.noBody()).build());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void mayNotBeTakenFromACache() {
    HttpResponse<String> answer = AGGREGATOR.get("/events?limit=1");

    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(answer.headers().firstValue("Vary")).hasValue("Accept");
  }

  /** Server-sent events have a handler of their own on the same path. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/*",
        "application/json, text/event-stream",
        "text/event-stream;q=0.5, application/json",
        "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
      })
  void isWhatIsSentUnlessAStreamIsWantedMore(String accept) {
    assertThat(
            AGGREGATOR
                .get("/events?limit=1", "Accept", accept)
                .headers()
                .firstValue("Content-Type"))
        .hasValue("application/json");
  }

  @Test
  void refusesWhatItCannotSendAndNamesWhatItCan() {
    HttpResponse<String> answer = AGGREGATOR.get("/events", "Accept", "text/html");

    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("application/json", "application/x-ndjson");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0               | limit   | from 1 to 10000",
        "limit=10001           | limit   | from 1 to 10000",
        "limit=ten             | limit   | from 1 to 10000",
        "limit=                | limit   | from 1 to 10000",
        "limit=1&limit=2       | limit   | must not be repeated",
        "order=up              | order   | asc, desc",
        "after=x               | after   | k3f9x2ab.42",
        "before=1.2.3          | before  | k3f9x2ab.42",
        "after=-2              | after   | k3f9x2ab.42",
        "after=1&after=2       | after   | must not be repeated",
        "require=maybe         | require | 1 or 0",
        "level=loud            | level   | ERROR",
        "topic=a%20b           | topic   | pattern",
        "since=yesterday       | since   | RFC 3339",
        "q=(                   | q       | expected",
        "lmit=5                | lmit    | after, before",
        "top=5                 | top     | minLevel",
      })
  void refusesABadParameterAndSaysWhatToChange(String query, String field, String advice) {
    HttpResponse<String> answer = AGGREGATOR.get("/events?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode problem = RunningAggregator.json(answer);
    assertThat(problem.at("/field").asString()).isEqualTo(field);
    assertThat(problem.at("/title").asString()).isNotBlank();
    assertThat(problem.at("/detail").asString()).contains(advice);
  }

  private static boolean more(String path) {
    return AGGREGATOR.getJson(path).at("/hasMore").asBoolean();
  }

  private static long offsetOf(int id) {
    return AGGREGATOR.getJson("/events?topic=paging.*&id=" + id).at("/events/0/offset").asLong();
  }

  private static long offset(String cursor) {
    return Long.parseLong(cursor.substring(cursor.indexOf('.') + 1));
  }

  private static List<Integer> ids(JsonNode page) {
    return page.at("/events").values().stream()
        .map(event -> Integer.parseInt(event.at("/id").asString()))
        .toList();
  }

  private static List<Integer> ascending(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }

  private static List<Integer> descending(int from, int to) {
    List<Integer> list = new ArrayList<>(ascending(to, from));
    Collections.reverse(list);
    return list;
  }
}
