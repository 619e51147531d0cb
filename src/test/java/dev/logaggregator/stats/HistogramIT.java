package dev.logaggregator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code GET /stats/histogram}. */
class HistogramIT {

  private static final RunningAggregator AGGREGATOR = RunningAggregator.shared();

  /** An event a second for ten minutes, each tenth an error, from a hundred sources. */
  @BeforeAll
  static void publish() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      lines.add(
          """
          {"topic":"histogram.%s","id":"%d","source":"s%d","level":"%s",\
          "timestamp":"2026-01-01T00:%02d:%02dZ","payload":{"took":%d,"tags":["x","%s"]%s}}\
          """
              .formatted(
                  i % 2 == 0 ? "a" : "b",
                  i,
                  i % 10 == 1 ? 1 : i % 100,
                  i % 10 == 0 ? "ERROR" : "INFO",
                  i / 60,
                  i % 60,
                  i,
                  i % 3 == 0 ? "y" : "none",
                  i % 5 == 0 ? "" : ",\"status\":" + (200 + i % 5)));
    }
    assertThat(
            AGGREGATOR
                .post("/publish", "application/x-ndjson", String.join("\n", lines))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void countsMatchingEventsByTime() {
    JsonNode histogram =
        AGGREGATOR.getJson("/stats/histogram?topic=histogram.*&interval=5m&by=level");

    assertThat(histogram.toString())
        .isEqualTo(
            """
            {"interval":"5m","buckets":[\
            {"start":"2026-01-01T00:00:00Z","count":300,"by":{"INFO":270,"ERROR":30}},\
            {"start":"2026-01-01T00:05:00Z","count":300,"by":{"INFO":270,"ERROR":30}}]}\
            """);
  }

  @Test
  void choosesAnIntervalForAboutSixtyBuckets() {
    JsonNode histogram = AGGREGATOR.getJson("/stats/histogram?topic=histogram.*");

    assertThat(histogram.at("/interval").asString()).isEqualTo("10s");
    assertThat(histogram.at("/buckets").size()).isEqualTo(60);
    assertThat(histogram.at("/buckets").values())
        .allSatisfy(
            bucket -> {
              assertThat(bucket.at("/count").asInt()).isEqualTo(10);
              assertThat(bucket.has("by")).isFalse();
            });
  }

  @Test
  void takesTheFilters() {
    JsonNode histogram =
        AGGREGATOR.getJson(
            "/stats/histogram?topic=histogram.a&level=error&since=2026-01-01T00:01:00Z"
                + "&until=2026-01-01T00:03:00Z&interval=PT1M");

    assertThat(histogram.at("/buckets").values())
        .extracting(bucket -> bucket.at("/count").asInt())
        .containsExactly(6, 6);
  }

  @Test
  void dividesByTopic() {
    JsonNode histogram =
        AGGREGATOR.getJson("/stats/histogram?topic=histogram.*&interval=1h&by=topic");

    assertThat(histogram.at("/buckets/0/by").toString())
        .isEqualTo("{\"histogram.a\":300,\"histogram.b\":300}");
  }

  @Test
  void countsSourcesBeyondTheTenMostFrequentAsOthers() {
    JsonNode bucket =
        AGGREGATOR
            .getJson("/stats/histogram?topic=histogram.*&interval=1h&by=source")
            .at("/buckets/0");

    assertThat(bucket.at("/by").size()).isEqualTo(10);
    assertThat(bucket.at("/by/s1").asInt()).isEqualTo(60);
    assertThat(bucket.at("/otherValues").asInt()).isEqualTo(600 - 60 - 9 * 6);
    assertThat(bucket.has("none")).isFalse();
  }

  @Test
  void namesAsManyValuesAsAreAskedFor() {
    JsonNode bucket =
        AGGREGATOR
            .getJson("/stats/histogram?topic=histogram.*&interval=1h&by=source&limit=1")
            .at("/buckets/0");

    assertThat(bucket.toString())
        .isEqualTo(
            """
            {"start":"2026-01-01T00:00:00Z","count":600,"by":{"s1":60},"otherValues":540}\
            """);
  }

  @Test
  void dividesByAFieldOfThePayloadAndCountsEventsWithoutItApart() {
    JsonNode histogram =
        AGGREGATOR.getJson("/stats/histogram?topic=histogram.*&interval=1h&by=status");

    assertThat(histogram.at("/buckets/0/by").toString())
        .isEqualTo("{\"201\":120,\"202\":120,\"203\":120,\"204\":120}");
    assertThat(histogram.at("/buckets/0/none").asInt()).isEqualTo(120);
  }

  @Test
  void countsAnEventForEachElementOfAnArray() {
    JsonNode bucket =
        AGGREGATOR
            .getJson("/stats/histogram?topic=histogram.*&interval=1h&by=tags")
            .at("/buckets/0");

    assertThat(bucket.at("/count").asInt()).isEqualTo(600);
    assertThat(bucket.at("/by").toString()).isEqualTo("{\"x\":600,\"none\":400,\"y\":200}");
    assertThat(bucket.has("none")).isFalse();
  }

  @Test
  void givesANumberInsteadOfACount() {
    JsonNode histogram =
        AGGREGATOR.getJson(
            "/stats/histogram?topic=histogram.*&interval=5m&by=level&of=took&fn=max");

    assertThat(histogram.toString())
        .isEqualTo(
            """
            {"interval":"5m","buckets":[\
            {"start":"2026-01-01T00:00:00Z","count":300,"value":299,"by":{"INFO":299,"ERROR":290}},\
            {"start":"2026-01-01T00:05:00Z","count":300,"value":599,"by":{"INFO":599,"ERROR":590}}]}\
            """);
  }

  @Test
  void choosesAnIntervalForANumberToo() {
    JsonNode histogram = AGGREGATOR.getJson("/stats/histogram?topic=histogram.*&of=took&fn=avg");

    assertThat(histogram.at("/interval").asString()).isEqualTo("10s");
    assertThat(histogram.at("/buckets/1/value").asDouble()).isEqualTo(14.5);
    assertThat(histogram.at("/buckets").size()).isEqualTo(60);
  }

  @Test
  void leavesTheNumberOutWhereThereIsNone() {
    JsonNode histogram =
        AGGREGATOR.getJson(
            "/stats/histogram?topic=histogram.*&interval=1h&by=status&of=tags&fn=p50");

    assertThat(histogram.at("/buckets").toString())
        .isEqualTo("[{\"start\":\"2026-01-01T00:00:00Z\",\"count\":600,\"by\":{}}]");
  }

  @Test
  void saysWhatIsAnEstimate() {
    JsonNode estimate =
        AGGREGATOR
            .getJson("/stats/histogram?topic=histogram.*&interval=1h&of=took&fn=p90")
            .at("/buckets/0");
    JsonNode exact =
        AGGREGATOR
            .getJson("/stats/histogram?topic=histogram.*&interval=1h&of=took&fn=unique")
            .at("/buckets/0");

    assertThat(estimate.at("/value").asInt()).isBetween(534, 546);
    assertThat(estimate.at("/approximate").asBoolean()).isTrue();
    assertThat(exact.at("/value").asInt()).isEqualTo(600);
    assertThat(exact.has("approximate")).isFalse();
  }

  @Test
  void isEmptyWhenNothingMatches() {
    JsonNode histogram = AGGREGATOR.getJson("/stats/histogram?topic=histogram-none&interval=10s");

    assertThat(histogram.toString()).isEqualTo("{\"interval\":\"10s\",\"buckets\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "by=                                | by       | name of a field",
        "by=level&limit=51                  | limit    | from 1 to 50",
        "limit=5                            | limit    | goes with by",
        "of=took                            | fn       | p50, p90, p95, p99 or unique",
        "fn=max                             | of       | the field",
        "of=took&fn=median                  | fn       | p50",
        "of=&fn=max                         | of       | name of a field",
        "sort=value                         | sort     | interval",
        "by=level&by=topic                  | by       | repeated",
        "interval=10                        | interval | 250ms",
        "interval=0s                        | interval | positive",
        "interval=PT0.0001S                 | interval | 1ms",
        "interval=1ms&topic=histogram.*     | interval | since and until",
        "since=never                        | since    | RFC 3339",
      })
  void refusesABadParameterAndSaysWhatToChange(String query, String field, String advice) {
    HttpResponse<String> answer = AGGREGATOR.get("/stats/histogram?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode problem = RunningAggregator.json(answer);
    assertThat(problem.at("/field").asString()).isEqualTo(field);
    assertThat(problem.at("/detail").asString()).contains(advice);
  }
}
