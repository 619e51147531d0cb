package dev.logaggregator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code GET /stats/values}. */
class ValuesIT {

  private static final RunningAggregator AGGREGATOR = RunningAggregator.shared();

  @BeforeAll
  static void publish() {
    String lines =
        String.join(
            "\n",
            List.of(
                event("{\"status\":200,\"user\":{\"name\":\"budi\"},\"tags\":[\"x\",\"y\"]}"),
                event("{\"status\":200,\"user\":{\"name\":\"ani\"},\"tags\":[\"x\"]}"),
                event("{\"status\":500,\"user\":{\"name\":\"ani\"}}"),
                event("{\"status\":\"200\"}"),
                event("{\"other\":1}")));
    assertThat(AGGREGATOR.post("/publish", "application/x-ndjson", lines).statusCode())
        .isEqualTo(200);
  }

  private static String event(String payload) {
    return "{\"topic\":\"values\",\"level\":\"INFO\",\"payload\":%s}".formatted(payload);
  }

  @Test
  void countsTheValuesOfAFieldOfThePayload() {
    assertThat(AGGREGATOR.getJson("/stats/values?topic=values&field=status").toString())
        .isEqualTo(
            """
            {"field":"status","values":[{"value":"200","count":3},{"value":"500","count":1}],\
            "other":0,"total":4}\
            """);
  }

  @Test
  void findsAFieldByItsPath() {
    JsonNode values = AGGREGATOR.getJson("/stats/values?topic=values&field=user.name");

    assertThat(values.at("/values/0/value").asString()).isEqualTo("ani");
    assertThat(values.at("/values/0/count").asInt()).isEqualTo(2);
  }

  @Test
  void countsEachElementOfAnArray() {
    JsonNode values = AGGREGATOR.getJson("/stats/values?topic=values&field=tags");

    assertThat(values.at("/values").toString())
        .isEqualTo("[{\"value\":\"x\",\"count\":2},{\"value\":\"y\",\"count\":1}]");
    assertThat(values.at("/total").asInt()).isEqualTo(3);
  }

  @Test
  void countsTheValuesOfAFieldOfTheEnvelope() {
    assertThat(
            AGGREGATOR.getJson("/stats/values?topic=values&field=level").at("/values").toString())
        .isEqualTo("[{\"value\":\"INFO\",\"count\":5}]");
  }

  @Test
  void addsUpWhatIsBeyondTheLimit() {
    JsonNode values = AGGREGATOR.getJson("/stats/values?topic=values&field=status&limit=1");

    assertThat(values.at("/values").size()).isEqualTo(1);
    assertThat(values.at("/other").asInt()).isEqualTo(1);
    assertThat(values.at("/total").asInt()).isEqualTo(4);
    assertThat(values.has("truncated")).isFalse();
  }

  @Test
  void takesTheFilters() {
    assertThat(
            AGGREGATOR
                .getJson("/stats/values?topic=values&field=status&q=user.name:ani")
                .at("/total")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void isEmptyWhenNoEventHasTheField() {
    assertThat(AGGREGATOR.getJson("/stats/values?topic=values&field=nope").toString())
        .isEqualTo("{\"field\":\"nope\",\"values\":[],\"other\":0,\"total\":0}");
  }

  @Test
  void givesANumberOfTheEventsThatHaveAValue() {
    assertThat(
            AGGREGATOR
                .getJson("/stats/values?topic=values&field=user.name&of=status&fn=max")
                .toString())
        .isEqualTo(
            """
            {"field":"user.name","values":[{"group":"ani","count":2,"value":500},\
            {"group":"budi","count":1,"value":200}],"other":0,"total":3}\
            """);
  }

  @Test
  void sortsByThatNumber() {
    JsonNode values =
        AGGREGATOR.getJson(
            "/stats/values?topic=values&field=tags&of=status&fn=unique&sort=value&limit=1");

    assertThat(values.at("/values").toString())
        .isEqualTo("[{\"group\":\"x\",\"count\":2,\"value\":1}]");
    assertThat(values.at("/other").asInt()).isEqualTo(1);
    assertThat(
            AGGREGATOR
                .getJson("/stats/values?topic=values&field=status&of=other&fn=sum&sort=value")
                .at("/values/0")
                .has("value"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topic=values             | field | must be given",
        "field=                   | field | name of a field",
        "field=a&field=b          | field | repeated",
        "field=a&limit=0          | limit | from 1 to 1000",
        "field=a&limit=1001       | limit | from 1 to 1000",
        "field=a&of=b             | fn    | must be given with of",
        "field=a&fn=sum           | of    | must be given with fn",
        "field=a&of=b&fn=mean     | fn    | min, max",
        "field=a&sort=value       | sort  | of and fn",
        "field=a&sort=size        | sort  | count, value",
        "field=a&by=level         | by    | field",
      })
  void refusesABadParameterAndSaysWhatToChange(String query, String field, String advice) {
    HttpResponse<String> answer = AGGREGATOR.get("/stats/values?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode problem = RunningAggregator.json(answer);
    assertThat(problem.at("/field").asString()).isEqualTo(field);
    assertThat(problem.at("/detail").asString()).contains(advice);
  }
}
