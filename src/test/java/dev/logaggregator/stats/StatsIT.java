package dev.logaggregator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code GET /stats}, on a log of its own, since its totals are of the whole log. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatsIT {

  private static RunningAggregator aggregator;

  @BeforeAll
  static void start() {
    aggregator = RunningAggregator.start();
  }

  @AfterAll
  static void stop() {
    aggregator.close();
  }

  @Test
  @Order(1)
  void anEmptyLogHasNoOffsetsAndNoTopics() {
    JsonNode stats = aggregator.getJson("/stats");

    assertThat(stats.propertyNames())
        .containsExactlyInAnyOrder(
            "startedAt",
            "uptimeSeconds",
            "epoch",
            "durability",
            "events",
            "bytes",
            "rate",
            "topicCount",
            "topics",
            "readers");
    assertThat(stats.at("/events").toString())
        .isEqualTo(
            """
            {"received":0,"accepted":0,"duplicates":0,"rejected":0,"retained":0,"evicted":0}\
            """);
    assertThat(stats.at("/topics").isEmpty()).isTrue();
  }

  @Test
  @Order(2)
  void hasAllFiguresOfTheContract() {
    publishSamples();

    JsonNode stats = aggregator.getJson("/stats");

    assertThat(stats.propertyNames())
        .containsExactlyInAnyOrder(
            "startedAt",
            "uptimeSeconds",
            "epoch",
            "durability",
            "events",
            "bytes",
            "rate",
            "firstOffset",
            "lastOffset",
            "topicCount",
            "topics",
            "system",
            "readers");
    assertThat(Instant.parse(stats.at("/startedAt").asString())).isBefore(Instant.now());
    assertThat(stats.at("/uptimeSeconds").asDouble()).isPositive();
    assertThat(stats.at("/epoch").asString()).matches("[a-z0-9]+");
    assertThat(stats.at("/durability").asString()).isEqualTo("memory");
    assertThat(stats.at("/events").toString())
        .isEqualTo(
            """
            {"received":10,"accepted":8,"duplicates":1,"rejected":1,"retained":8,"evicted":0}\
            """);
    assertThat(stats.at("/bytes").propertyNames())
        .containsExactly("received", "retained", "stored");
    assertThat(stats.at("/bytes/received").asLong()).isPositive();
    assertThat(stats.at("/rate").propertyNames()).containsExactly("1s", "1m", "5m");
    assertThat(stats.at("/rate/1m").asDouble()).isEqualTo(0.1);
    assertThat(stats.at("/firstOffset").asLong()).isZero();
    assertThat(stats.at("/topicCount").asInt()).isEqualTo(2);
    assertThat(stats.at("/readers").toString()).isEqualTo("{\"streams\":0,\"subscriptions\":0}");
  }

  @Test
  @Order(3)
  void hasTheFiguresOfEachTopicTheLargestFirst() {
    JsonNode topics = aggregator.getJson("/stats").at("/topics");

    assertThat(topics.propertyNames()).containsExactly("orders.created", "app");
    JsonNode orders = topics.get("orders.created");
    assertThat(orders.propertyNames())
        .containsExactly(
            "accepted",
            "duplicates",
            "retained",
            "share",
            "bytes",
            "firstTimestamp",
            "lastTimestamp",
            "lastOffset",
            "rate1m");
    assertThat(orders.at("/accepted").asInt()).isEqualTo(5);
    assertThat(orders.at("/duplicates").asInt()).isEqualTo(1);
    assertThat(orders.at("/retained").asInt()).isEqualTo(5);
    assertThat(orders.at("/share").asDouble()).isEqualTo(0.625);
    assertThat(orders.at("/firstTimestamp").asString()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(orders.at("/lastTimestamp").asString()).isEqualTo("2026-01-01T00:00:04Z");
    assertThat(orders.at("/bytes").asLong() + topics.get("app").at("/bytes").asLong())
        .isEqualTo(aggregator.getJson("/stats").at("/bytes/retained").asLong());
  }

  @Test
  @Order(4)
  void keepsSystemTopicsApart() {
    JsonNode rejected = aggregator.getJson("/stats").at("/system/_rejected");

    assertThat(rejected.at("/accepted").asInt()).isEqualTo(1);
    assertThat(rejected.has("share")).isFalse();
  }

  @Test
  @Order(5)
  void foldsTopicsBeyondTheLargest() {
    JsonNode one = aggregator.getJson("/stats?top=1");

    assertThat(one.at("/topics").propertyNames()).containsExactly("orders.created");
    assertThat(one.at("/topicCount").asInt()).isEqualTo(2);
    assertThat(one.at("/otherTopics/topicCount").asInt()).isEqualTo(1);
    assertThat(one.at("/otherTopics/accepted").asInt()).isEqualTo(3);
    assertThat(one.at("/otherTopics/share").asDouble()).isEqualTo(0.375);
    assertThat(one.at("/otherTopics/retained").asInt()).isEqualTo(3);
    assertThat(one.at("/otherTopics/bytes").asLong())
        .isEqualTo(
            one.at("/bytes/retained").asLong()
                - one.at("/topics").get("orders.created").get("bytes").asLong());
    JsonNode none = aggregator.getJson("/stats?top=0");
    assertThat(none.at("/topics").isEmpty()).isTrue();
    assertThat(none.at("/otherTopics/accepted").asInt()).isEqualTo(8);
    assertThat(aggregator.getJson("/stats?top=2").has("otherTopics")).isFalse();
  }

  @Test
  @Order(6)
  void answersNotModifiedUntilSomethingChanges() {
    // Rates sink with the clock, which is a change: now and then one does between two requests.
    HttpResponse<String> second =
        await()
            .until(
                () -> {
                  String tag = aggregator.get("/stats").headers().firstValue("ETag").orElseThrow();
                  return aggregator.get("/stats", "If-None-Match", tag);
                },
                answer -> answer.statusCode() == 304);
    assertThat(second.body()).isEmpty();
    String tag = second.headers().firstValue("ETag").orElseThrow();
    assertThat(aggregator.get("/stats?top=1", "If-None-Match", tag).statusCode()).isEqualTo(200);

    aggregator.post("/publish/app?id=etag", "application/json", "1");
    HttpResponse<String> changed = aggregator.get("/stats", "If-None-Match", tag);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(RunningAggregator.json(changed).at("/events/accepted").asInt()).isEqualTo(9);
  }

  @Test
  @Order(7)
  void noticesADuplicateAndARejectedEventToo() {
    String tag = aggregator.get("/stats").headers().firstValue("ETag").orElseThrow();
    aggregator.post("/publish/app?id=etag", "application/json", "1");
    HttpResponse<String> duplicate = aggregator.get("/stats", "If-None-Match", tag);
    String secondTag = duplicate.headers().firstValue("ETag").orElseThrow();
    aggregator.post("/publish", "application/x-ndjson", "{\"topic\":\"app\",\"id\":\"y\"}\nbad");

    assertThat(duplicate.statusCode()).isEqualTo(200);
    assertThat(aggregator.get("/stats", "If-None-Match", secondTag).statusCode()).isEqualTo(200);
  }

  @Test
  @Order(8)
  void countsDeletedEventsAsEvicted() {
    JsonNode before = aggregator.getJson("/stats").at("/events");
    assertThat(aggregator.delete("/topics/orders.created").statusCode()).isEqualTo(204);

    JsonNode stats = aggregator.getJson("/stats");
    JsonNode after = stats.at("/events");
    assertThat(after.at("/evicted").asInt()).isEqualTo(before.at("/evicted").asInt() + 5);
    assertThat(after.at("/accepted").asInt()).isEqualTo(before.at("/accepted").asInt());
    assertThat(after.at("/retained").asInt()).isEqualTo(before.at("/retained").asInt() - 5);
    assertThat(stats.at("/topics/orders.created").isMissingNode()).isTrue();
    assertThat(stats.at("/otherTopics/topicCount").asInt()).isZero();
    assertThat(stats.at("/otherTopics/retained").asInt()).isZero();
    assertThat(stats.at("/otherTopics/accepted").asInt()).isEqualTo(5);
  }

  @Test
  @Order(9)
  void mayBeAskedForItsHeadersOnly() {
    HttpResponse<String> head =
        aggregator.send(
            aggregator.request("/stats").method("HEAD", BodyPublishers.noBody()).build());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).isPresent();
    assertThat(head.headers().firstValue("Cache-Control")).hasValue("no-cache");
  }

  @ParameterizedTest
  @Order(10)
  @ValueSource(strings = {"top=-1", "top=x", "top=", "top=1&top=2", "limit=5"})
  void refusesABadParameter(String query) {
    assertThat(aggregator.get("/stats?" + query).statusCode()).isEqualTo(400);
  }

  private static void publishSamples() {
    String lines =
        String.join(
            "\n",
            List.of(
                sample("orders.created", 0),
                sample("orders.created", 1),
                sample("orders.created", 2),
                sample("orders.created", 3),
                sample("orders.created", 4),
                sample("orders.created", 4),
                sample("app", 0),
                sample("app", 1),
                sample("app", 2),
                "{\"topic\":\"\"}"));
    assertThat(aggregator.post("/publish", "application/x-ndjson", lines).statusCode())
        .isEqualTo(207);
  }

  private static String sample(String topic, int id) {
    return "{\"topic\":\"%s\",\"id\":\"%d\",\"timestamp\":\"2026-01-01T00:00:0%dZ\"}"
        .formatted(topic, id, id);
  }
}
