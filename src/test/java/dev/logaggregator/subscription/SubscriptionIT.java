package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Subscriptions over HTTP, as the contract has them. */
class SubscriptionIT {

  private static final RunningAggregator SERVER = RunningAggregator.shared();

  private static HttpResponse<String> put(String name, String body) {
    return SERVER.put("/subscriptions/" + name, "application/json", body);
  }

  private static HttpResponse<String> post(String path, String body) {
    return SERVER.post("/subscriptions/" + path, "application/json", body);
  }

  private static JsonNode pull(String name, String query) {
    HttpResponse<String> response = post(name + "/pull" + query, "");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return RunningAggregator.json(response);
  }

  private static void publish(String topic, String... ids) {
    for (String id : ids) {
      HttpResponse<String> response =
          SERVER.post("/publish/" + topic + "?id=" + id, "application/json", "{\"n\":1}");
      assertThat(response.statusCode()).isEqualTo(200);
    }
  }

  private static List<String> eventIds(JsonNode pulled) {
    return StreamSupport.stream(pulled.path("messages").spliterator(), false)
        .map(message -> message.path("event").path("id").asString())
        .toList();
  }

  private static String ackIds(JsonNode pulled) {
    List<String> ids = new ArrayList<>();
    pulled
        .path("messages")
        .forEach(message -> ids.add("\"" + message.path("ackId").asString() + "\""));
    return "{\"ackIds\":[" + String.join(",", ids) + "]}";
  }

  private static String on(String topic) {
    return "{\"topics\":[\"" + topic + "\"]}";
  }

  @Test
  void isCreatedThenChangedThenDeleted() {
    assertThat(put("life", on("life.a")).statusCode()).isEqualTo(201);
    assertThat(put("life", "{\"topics\":[\"life.b\"],\"ackDeadline\":\"90s\"}").statusCode())
        .isEqualTo(200);

    JsonNode shown = SERVER.getJson("/subscriptions/life");
    assertThat(shown.path("name").asString()).isEqualTo("life");
    assertThat(shown.path("topics").get(0).asString()).isEqualTo("life.b");
    assertThat(shown.path("ackDeadline").asString()).isEqualTo("90s");
    assertThat(shown.path("maxDeliveries").asInt()).isEqualTo(5);
    assertThat(shown.path("backoff").path("min").asString()).isEqualTo("1s");
    assertThat(shown.path("backoff").path("max").asString()).isEqualTo("10m");
    assertThat(shown.path("maxInFlight").asInt()).isEqualTo(1_000);
    assertThat(shown.path("backlog").asInt()).isZero();
    assertThat(SERVER.getJson("/subscriptions").path("subscriptions").findValuesAsString("name"))
        .contains("life");

    assertThat(SERVER.delete("/subscriptions/life").statusCode()).isEqualTo(204);
    assertThat(SERVER.get("/subscriptions/life").statusCode()).isEqualTo(404);
    assertThat(post("life/pull", "").statusCode()).isEqualTo(404);
  }

  @Test
  void deliversAcknowledgesAndGoesOn() {
    put("work", on("work.**"));
    publish("work.a", "1", "2");
    publish("work", "3");
    JsonNode first = pull("work", "?max=2");

    assertThat(eventIds(first)).containsExactly("1", "2");
    JsonNode message = first.path("messages").get(0);
    assertThat(message.path("delivery").asInt()).isEqualTo(1);
    assertThat(message.path("event").path("payload").path("n").asInt()).isEqualTo(1);

    JsonNode acked = RunningAggregator.json(post("work/ack", ackIds(first)));
    assertThat(acked.path("acked").asInt()).isEqualTo(2);
    assertThat(acked.path("unknown").size()).isZero();
    assertThat(eventIds(pull("work", ""))).containsExactly("3");
    assertThat(
            RunningAggregator.json(post("work/ack", "{\"ackIds\":[\"nonsense\"]}"))
                .path("unknown")
                .get(0)
                .asString())
        .isEqualTo("nonsense");
  }

  @Test
  void startsWhereItIsToldTo() {
    publish("starts", "1", "2", "3");
    long second =
        SERVER.getJson("/events?topic=starts&id=2").path("events").get(0).path("offset").asLong();
    put("starts-earliest", "{\"topics\":[\"starts\"],\"start\":\"earliest\"}");
    put("starts-latest", "{\"topics\":[\"starts\"],\"start\":\"latest\"}");
    put("starts-after", "{\"topics\":[\"starts\"],\"start\":" + second + "}");
    put("starts-ago", "{\"topics\":[\"starts\"],\"start\":\"10m\"}");
    put("starts-later", "{\"topics\":[\"starts\"],\"start\":\"2100-01-01T00:00:00Z\"}");
    publish("starts", "4");

    assertThat(eventIds(pull("starts-earliest", ""))).containsExactly("1", "2", "3", "4");
    assertThat(eventIds(pull("starts-latest", ""))).containsExactly("4");
    assertThat(eventIds(pull("starts-after", ""))).containsExactly("3", "4");
    assertThat(eventIds(pull("starts-ago", ""))).containsExactly("1", "2", "3", "4");
    assertThat(eventIds(pull("starts-later", ""))).containsExactly("4");
  }

  @Test
  void takesOnlyWhatItsFilterTakes() {
    put("picky", "{\"topics\":[\"picky.*\"],\"q\":\"level >= error\",\"start\":\"latest\"}");
    SERVER.post("/publish/picky.a?id=1&level=info", "application/json", "{}");
    SERVER.post("/publish/picky.a?id=2&level=error", "application/json", "{}");
    SERVER.post("/publish/other?id=3&level=error", "application/json", "{}");

    assertThat(eventIds(pull("picky", ""))).containsExactly("2");
  }

  @Test
  void aPullWaitsForTheFirstEvent() throws Exception {
    put("patient", on("patient"));
    CompletableFuture<JsonNode> pulled =
        CompletableFuture.supplyAsync(() -> pull("patient", "?wait=20s"));
    publish("patient", "1");

    assertThat(eventIds(pulled.get())).containsExactly("1");
    long start = System.nanoTime();
    assertThat(eventIds(pull("patient", "?wait=50ms"))).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(50), Duration.ofSeconds(10));
  }

  @Test
  void aPullWaitsForWhatComesAgain() {
    put(
        "again",
        "{\"topics\":[\"again\"],\"backoff\":{\"min\":\"10ms\"},\"ackDeadline\":\"50ms\"}");
    publish("again", "1");
    assertThat(eventIds(pull("again", ""))).containsExactly("1");

    JsonNode second = pull("again", "?wait=20s");
    assertThat(second.path("messages").get(0).path("delivery").asInt()).isEqualTo(2);
    post("again/nack", ackIds(second).replace("]}", "],\"delay\":\"0s\"}"));
    JsonNode third = pull("again", "?wait=20s");
    assertThat(third.path("messages").get(0).path("delivery").asInt()).isEqualTo(3);
    assertThat(
            RunningAggregator.json(
                    post("again/extend", ackIds(third).replace("]}", "],\"by\":\"1h\"}")))
                .path("extended")
                .asInt())
        .isEqualTo(1);
    assertThat(eventIds(pull("again", "?wait=200ms"))).isEmpty();
  }

  @Test
  void deadLettersAreBrowsedAndReplayed() {
    put("dead", "{\"topics\":[\"dead\"],\"maxDeliveries\":1}");
    publish("dead", "1", "2", "3");
    post("dead/nack", ackIds(pull("dead", "")));

    JsonNode letters = SERVER.getJson("/subscriptions/dead/dead-letters?max=2");
    assertThat(letters.path("deadLetters").size()).isEqualTo(2);
    assertThat(letters.path("hasMore").asBoolean()).isTrue();
    JsonNode letter = letters.path("deadLetters").get(0);
    assertThat(letter.path("event").path("id").asString()).isEqualTo("1");
    assertThat(letter.path("deliveries").asInt()).isEqualTo(1);
    assertThat(letter.path("reason").asString()).isNotBlank();
    JsonNode rest =
        SERVER.getJson("/subscriptions/dead/dead-letters?after=" + letters.path("next").asString());
    assertThat(rest.path("deadLetters").size()).isEqualTo(1);
    assertThat(SERVER.getJson("/subscriptions/dead").path("deadLettered").asInt()).isEqualTo(3);

    String second = letters.path("deadLetters").get(1).path("offset").asString();
    post("dead/dead-letters/replay", "{\"offsets\":[" + second + "]}");
    assertThat(eventIds(pull("dead", ""))).containsExactly("2");
    assertThat(
            RunningAggregator.json(post("dead/dead-letters/replay", "")).path("replayed").asInt())
        .isEqualTo(2);
    assertThat(eventIds(pull("dead", ""))).containsExactly("1", "3");
  }

  @Test
  void seekingReplays() {
    put("seek", on("seek"));
    publish("seek", "1", "2");
    post("seek/ack", ackIds(pull("seek", "")));
    HttpResponse<String> sought = post("seek/seek", "{\"to\":\"earliest\"}");

    assertThat(sought.statusCode()).isEqualTo(200);
    assertThat(RunningAggregator.json(sought).path("cursor").asString()).contains(".");
    assertThat(eventIds(pull("seek", ""))).containsExactly("1", "2");
    post("seek/seek", "{\"to\":\"latest\"}");
    assertThat(eventIds(pull("seek", ""))).isEmpty();
  }

  @Test
  void aDeletedSubscriptionLetsItsConsumersGo() {
    put("gone", on("gone"));
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(() -> post("gone/pull?wait=60s", "").statusCode());
    SERVER.delete("/subscriptions/gone");

    assertThat(status.join()).isEqualTo(404);
  }

  @Test
  void wrongInputSaysWhatIsWrong() {
    put("wrong", on("wrong"));
    for (String body :
        List.of(
            "[]",
            "{",
            "{\"topics\":\"a\"}",
            "{\"topics\":[1]}",
            "{\"topics\":[\"a b\"]}",
            "{\"q\":\"(\"}",
            "{\"q\":1}",
            "{\"start\":\"whenever\"}",
            "{\"start\":{}}",
            "{\"ackDeadline\":\"soon\"}",
            "{\"ackDeadline\":30}",
            "{\"ackDeadline\":\"8d\"}",
            "{\"maxDeliveries\":0}",
            "{\"maxDeliveries\":1.5}",
            "{\"maxInFlight\":1000000000000}",
            "{\"backoff\":{\"min\":\"2m\",\"max\":\"1m\"}}",
            "{\"backoff\":{\"middle\":\"1m\"}}",
            "{\"unknown\":1}",
            "{\"push\":{}}",
            "{\"push\":{\"url\":\"ftp://a/b\"}}",
            "{\"push\":{\"url\":\"http://user:pw@a/b\"}}",
            "{\"push\":{\"url\":\"http:///b\"}}",
            "{\"push\":{\"url\":\"http://169.254.169.254/latest\"}}",
            "{\"push\":{\"url\":\"http://[::ffff:169.254.169.254]/latest\"}}",
            "{\"push\":{\"url\":\"http://a/b\",\"secret\":\"x\"}}",
            "{\"push\":{\"url\":\"http://a/b\",\"timeout\":\"1h\"}}")) {
      HttpResponse<String> response = put("wrong", body);
      assertThat(response.statusCode()).as(body + response.body()).isEqualTo(400);
      assertThat(RunningAggregator.json(response).path("detail").asString()).isNotBlank();
    }
    assertThat(put("a%20b", "{}").statusCode()).isEqualTo(400);
    assertThat(put("x".repeat(129), "{}").statusCode()).isEqualTo(400);
    for (String path :
        List.of(
            "wrong/pull?max=0",
            "wrong/pull?max=many",
            "wrong/pull?wait=61s",
            "wrong/pull?limit=1",
            "wrong/ack",
            "wrong/nack",
            "wrong/extend",
            "wrong/seek")) {
      assertThat(post(path, "").statusCode()).as(path).isEqualTo(400);
    }
    assertThat(post("nobody/ack", "{\"ackIds\":[\"a\"]}").statusCode()).isEqualTo(404);
    assertThat(SERVER.delete("/subscriptions/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void thereAreNoMoreThanMayBe() {
    try (RunningAggregator server = RunningAggregator.start("aggregator.subscription.max=1")) {
      assertThat(server.put("/subscriptions/a", "application/json", "{}").statusCode())
          .isEqualTo(201);
      HttpResponse<String> refused = server.put("/subscriptions/b", "application/json", "{}");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("aggregator.subscription.max");
      assertThat(server.put("/subscriptions/a", "application/json", "{}").statusCode())
          .isEqualTo(200);
      assertThat(server.getJson("/stats").path("readers").path("subscriptions").asInt())
          .isEqualTo(1);
    }
  }
}
