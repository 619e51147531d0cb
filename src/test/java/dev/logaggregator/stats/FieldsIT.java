package dev.logaggregator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code GET /stats/fields}. */
class FieldsIT {

  private static final RunningAggregator AGGREGATOR = RunningAggregator.shared();

  @BeforeAll
  static void publish() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      lines.add(
          """
          {"topic":"fields","level":"INFO","attributes":{"traceId":"t%d"},\
          "payload":{"status":%d,"ok":%b,"user":{"name":"u%d"}%s}}\
          """
              .formatted(
                  i, i % 3 == 0 ? 503 : 200, i % 2 == 0, i % 7, i == 0 ? ",\"level\":3" : ""));
    }
    lines.add("{\"topic\":\"fields.text\",\"payload\":\"up\"}");
    lines.add("{\"topic\":\"fields.mixed\",\"payload\":{\"status\":\"failed\"}}");
    lines.add("{\"topic\":\"fields.mixed\",\"payload\":{\"status\":500}}");
    String wide =
        IntStream.range(0, 120)
            .mapToObj(i -> "\"field%03d\":%d".formatted(i, i))
            .collect(Collectors.joining(",", "{", "}"));
    lines.add("{\"topic\":\"fields.wide\",\"payload\":" + wide + "}");
    assertThat(
            AGGREGATOR
                .post("/publish", "application/x-ndjson", String.join("\n", lines))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void tellsTheFieldsOfMatchingEventsTheMostFrequentFirst() {
    JsonNode fields =
        AGGREGATOR.getJson("/stats/fields?topic=fields&q=not%20traceId:*%20or%20status:*");
    JsonNode few = AGGREGATOR.getJson("/stats/fields?topic=fields&q=user.name:u0&limit=3");

    assertThat(fields.at("/events").asInt()).isEqualTo(1_500);
    assertThat(fields.at("/fields").values())
        .extracting(field -> field.at("/field").asString())
        .containsExactly("ok", "status", "traceId", "user.name", "payload.level");
    assertThat(few.toString())
        .isEqualTo(
            """
            {"events":215,"fields":[\
            {"field":"ok","kind":"boolean","events":215,"distinct":2},\
            {"field":"status","kind":"number","events":215,"distinct":2,"min":200,"max":503},\
            {"field":"traceId","kind":"text","events":215,"distinct":215}],"otherFields":2}\
            """);
  }

  @Test
  void estimatesTheNumberOfValuesFromAThousandOn() {
    JsonNode trace = AGGREGATOR.getJson("/stats/fields?topic=fields").at("/fields/2");

    assertThat(trace.at("/field").asString()).isEqualTo("traceId");
    assertThat(trace.at("/distinct").asInt()).isBetween(1_440, 1_560);
    assertThat(trace.at("/approximate").asBoolean()).isTrue();
  }

  @Test
  void namesKindsThatDiffer() {
    assertThat(AGGREGATOR.getJson("/stats/fields?topic=fields.mixed").at("/fields").toString())
        .isEqualTo(
            """
            [{"field":"status","kind":"mixed","events":2,"distinct":2,"min":500,"max":500}]\
            """);
    assertThat(AGGREGATOR.getJson("/stats/fields?topic=fields.text").at("/fields").toString())
        .isEqualTo("[{\"field\":\"payload\",\"kind\":\"text\",\"events\":1,\"distinct\":1}]");
  }

  @Test
  void listsAHundredUnlessAskedForMore() {
    JsonNode hundred = AGGREGATOR.getJson("/stats/fields?topic=fields.wide");
    JsonNode all = AGGREGATOR.getJson("/stats/fields?topic=fields.wide&limit=1000");

    assertThat(hundred.at("/fields").size()).isEqualTo(100);
    assertThat(hundred.at("/otherFields").asInt()).isEqualTo(20);
    assertThat(all.at("/fields").size()).isEqualTo(120);
    assertThat(all.has("otherFields")).isFalse();
  }

  @Test
  void isEmptyWhenNothingMatches() {
    assertThat(AGGREGATOR.getJson("/stats/fields?topic=fields-none").toString())
        .isEqualTo("{\"events\":0,\"fields\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0     | limit | from 1 to 1000",
        "limit=1001  | limit | from 1 to 1000",
        "field=a     | field | limit",
        "q=(         | q     | expected",
      })
  void refusesABadParameterAndSaysWhatToChange(String query, String field, String advice) {
    HttpResponse<String> answer = AGGREGATOR.get("/stats/fields?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode problem = RunningAggregator.json(answer);
    assertThat(problem.at("/field").asString()).isEqualTo(field);
    assertThat(problem.at("/detail").asString()).contains(advice);
  }
}
