package dev.logaggregator.subscription.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.webhook.Receiver;
import dev.logaggregator.webhook.Receiver.Got;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Push over HTTP, as the contract has it. */
class PushIT {

  private static final RunningAggregator SERVER = RunningAggregator.shared();
  private static final String QUICKLY = ",\"backoff\":{\"min\":\"10ms\",\"max\":\"20ms\"}";

  private static void publish(String topic, String id) {
    HttpResponse<String> response =
        SERVER.post(
            "/publish/" + topic + "?id=" + id + "&level=error",
            "application/json",
            "{\"n\":1.50,\"name\":\"Bücher\"}");
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void pushesTheEventAndTakes2xxForAnAcknowledgement() {
    try (Receiver endpoint = Receiver.answering(204);
        PushedTo subscription = PushedTo.create(SERVER, "push.good", endpoint.url(), "")) {
      publish("push.good", "1");
      await().until(() -> subscription.count("acked") == 1);

      Got got = endpoint.got().getFirst();
      JsonNode event = SERVER.getJson("/events?topic=push.good").path("events").get(0);
      assertThat(got.event()).isEqualTo(event);
      assertThat(got.body()).contains("{\"n\":1.50,\"name\":\"Bücher\"}");
      assertThat(got.header("Content-Type")).startsWith("application/json");
      assertThat(got.header("webhook-id")).endsWith("_" + event.path("offset").asString());
      assertThat(got.header("webhook-timestamp")).matches("[0-9]{10}");
      assertThat(got.header("webhook-signature")).matches("v1,[A-Za-z0-9+/]{43}=");
      assertThat(got.header("Upgrade")).isNull();
      JsonNode attempt = subscription.attempts().getFirst();
      assertThat(attempt.path("status").asInt()).isEqualTo(204);
      assertThat(attempt.path("delivery").asInt()).isEqualTo(1);
      assertThat(attempt.path("tookMillis").asLong()).isBetween(0L, 1_000L);
      assertThat(attempt.has("error")).isFalse();
    }
  }

  @Test
  void retriesUnderTheSameIdThenGivesUp() {
    try (Receiver endpoint = Receiver.answering(500);
        PushedTo subscription =
            PushedTo.create(
                SERVER, "push.fails", endpoint.url(), QUICKLY + ",\"maxDeliveries\":3")) {
      publish("push.fails", "1");
      await().until(() -> subscription.count("deadLettered") == 1);

      assertThat(endpoint.got()).hasSize(3);
      assertThat(endpoint.got())
          .extracting(got -> got.header("webhook-id"))
          .containsOnly(endpoint.got().getFirst().header("webhook-id"));
      assertThat(subscription.deadLetterReason()).isEqualTo("answered 500");
      assertThat(subscription.attempts())
          .extracting(attempt -> attempt.path("delivery").asInt())
          .containsExactly(3, 2, 1);
      assertThat(subscription.attempts().getFirst().path("error").asString())
          .isEqualTo("answered 500");

      endpoint.answer(200);
      SERVER.post("/subscriptions/push.fails/dead-letters/replay", "application/json", "");
      await().until(() -> subscription.count("acked") == 1);
    }
  }

  @Test
  void isPausedByAGoneAndGoesOnWhenItIsChanged() {
    try (Receiver endpoint = Receiver.answering(410);
        PushedTo subscription =
            PushedTo.create(SERVER, "push.gone", endpoint.url(), ",\"maxDeliveries\":1")) {
      publish("push.gone", "1");
      await().until(() -> subscription.state().path("status").asString().equals("paused"));
      publish("push.gone", "2");

      assertThat(subscription.state().path("pausedReason").asString()).contains("410");
      assertThat(subscription.count("deadLettered")).isZero();
      assertThat(endpoint.eventIds()).containsExactly("1");

      endpoint.answer(200);
      subscription.putTopic("push.gone", endpoint.url(), "");
      await().until(() -> subscription.count("acked") == 2);
      assertThat(subscription.state().path("status").asString()).isEqualTo("active");
    }
  }

  @Test
  void waitsAsLongAsRetryAfterSays() {
    for (int status : new int[] {429, 503}) {
      String name = "push.busy" + status;
      try (Receiver endpoint = Receiver.answering(status, "Retry-After", "1");
          PushedTo subscription = PushedTo.create(SERVER, name, endpoint.url(), QUICKLY)) {
        publish(name, "1");
        await().until(() -> subscription.attempts().size() == 1);
        endpoint.answer(200);
        publish(name, "2");
        await().until(() -> subscription.count("acked") == 2);

        long waited = endpoint.got().get(1).nanos() - endpoint.got().get(0).nanos();
        assertThat(Duration.ofNanos(waited))
            .as("no event is pushed earlier, not even another one")
            .isBetween(Duration.ofMillis(950), Duration.ofSeconds(10));
      }
    }
  }

  @Test
  void aSecretIsMadeAndShownOnce() {
    try (Receiver endpoint = Receiver.answering(200)) {
      HttpResponse<String> created =
          SERVER.put(
              "/subscriptions/push.secret",
              "application/json",
              "{\"topics\":[\"push.secret\"],\"push\":{\"url\":\"" + endpoint.url() + "\"}}");
      assertThat(RunningAggregator.json(created).path("push").path("secret").asString())
          .matches("whsec_[A-Za-z0-9+/]{43}=");

      assertThat(SERVER.get("/subscriptions/push.secret").body()).doesNotContain("whsec_");
      assertThat(SERVER.get("/subscriptions").body()).doesNotContain("whsec_");
      HttpResponse<String> changed =
          SERVER.put(
              "/subscriptions/push.secret",
              "application/json",
              "{\"topics\":[\"push.secret\"],\"push\":{\"url\":\"" + endpoint.url() + "\"}}");
      assertThat(changed.body()).doesNotContain("whsec_");
    }
  }

  @Test
  void canBePushedOrPulledAndChangedBetweenThem() {
    try (Receiver endpoint = Receiver.answering(200);
        PushedTo subscription = PushedTo.create(SERVER, "push.both", endpoint.url(), "")) {
      HttpResponse<String> refused =
          SERVER.post("/subscriptions/push.both/pull", "application/json", "");
      assertThat(refused.statusCode()).isEqualTo(409);

      SERVER.put("/subscriptions/push.both", "application/json", "{\"topics\":[\"push.both\"]}");
      publish("push.both", "1");
      JsonNode pulled =
          RunningAggregator.json(
              SERVER.post("/subscriptions/push.both/pull?wait=10s", "application/json", ""));
      assertThat(pulled.path("messages").size()).isEqualTo(1);
      assertThat(endpoint.got()).isEmpty();

      subscription.putTopic("push.both", endpoint.url(), "");
      publish("push.both", "2");
      await().until(() -> endpoint.eventIds().contains("2"));
    }
  }

  /** To its own topic, as a new event each time. */
  @Test
  void whatIsPushedIntoTheTopicThatItComesFromEndsAfterAFewRounds() {
    String ownTopic = SERVER.uri("/publish/push.circle").toString();
    try (PushedTo subscription = PushedTo.create(SERVER, "push.circle", ownTopic, "")) {
      publish("push.circle", "1");
      await().until(() -> subscription.count("deadLettered") == 1);

      JsonNode events = SERVER.getJson("/events?topic=push.circle&order=asc").path("events");
      assertThat(events.size()).isEqualTo(9);
      assertThat(events.get(8).path("attributes").path("_hops").asString()).isEqualTo("8");
      assertThat(subscription.deadLetterReason()).contains("circle");
    }
  }

  @Test
  void whatIsPushedBackAsItIsAlreadyKnown() {
    String publish = SERVER.uri("/publish").toString();
    try (PushedTo subscription = PushedTo.create(SERVER, "push.back", publish, "")) {
      publish("push.back", "1");
      await().until(() -> subscription.count("acked") == 1);

      assertThat(SERVER.getJson("/events?topic=push.back").path("events").size()).isEqualTo(1);
    }
  }

  @Test
  void attemptsOfNobodyAreNotFound() {
    assertThat(SERVER.get("/subscriptions/nobody/attempts").statusCode()).isEqualTo(404);
    assertThat(SERVER.get("/subscriptions/nobody/attempts?max=1").statusCode()).isEqualTo(400);
  }

  @Test
  void aHopHeaderThatIsNoNumberIsRefused() {
    assertThat(
            SERVER
                .post("/publish/push.hops", "application/json", "{}", "Log-Hops", "-1")
                .statusCode())
        .isEqualTo(400);
    SERVER.post(
        "/publish",
        "application/json",
        "{\"topic\":\"push.hops\",\"attributes\":{ \"a\": \"b\", \"_hops\":\"1\" }}",
        "Log-Hops",
        "3");

    JsonNode attributes =
        SERVER.getJson("/events?topic=push.hops").path("events").get(0).path("attributes");
    assertThat(attributes.toString()).isEqualTo("{\"_hops\":\"3\",\"a\":\"b\"}");
  }
}
