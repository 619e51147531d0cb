package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Consumers that share a subscription, and die in the middle of everything. */
class ConsumersUnderStressIT {

  private static final RunningAggregator SERVER = RunningAggregator.shared();
  private static final String PATH = "/subscriptions/stress";
  private static final int CONSUMERS = 3;
  private static final int KILLS = 40;
  private static final int EVENTS_PER_KILL = 60;
  private static final int EVENTS = KILLS * EVENTS_PER_KILL;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Ids of events whose acknowledgement was answered. */
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  /** Ids of events that were delivered to somebody. */
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** Pulls, works and acknowledges, until it is killed. */
  private final class Consumer {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Thread thread = Thread.ofVirtual().start(this::consume);

    private void consume() {
      try {
        while (true) {
          int max = 1 + ThreadLocalRandom.current().nextInt(30);
          JsonNode pulled = post("/pull?wait=100ms&max=" + max, "");
          List<String> ids = new ArrayList<>();
          List<String> ackIds = new ArrayList<>();
          for (JsonNode message : pulled.path("messages")) {
            ids.add(message.path("event").path("id").asString());
            ackIds.add("\"" + message.path("ackId").asString() + "\"");
          }
          seen.addAll(ids);
          if (!ids.isEmpty()) {
            JsonNode acked = post("/ack", "{\"ackIds\":[" + String.join(",", ackIds) + "]}");
            if (acked.path("unknown").isEmpty()) {
              acknowledged.addAll(ids);
            }
          }
        }
      } catch (IOException | InterruptedException killed) {
        // As it should be, wherever it was.
      }
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
      HttpResponse<String> response =
          client.send(
              SERVER.request(PATH + path).POST(BodyPublishers.ofString(body)).build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return RunningAggregator.json(response);
    }

    void kill() {
      thread.interrupt();
      client.shutdownNow();
    }
  }

  @Test
  void everyEventIsAcknowledgedAndNoneIsDeadThatWas() {
    SERVER.put(
        PATH,
        "application/json",
        "{\"topics\":[\"stress\"],\"ackDeadline\":\"150ms\",\"maxDeliveries\":2,"
            + "\"backoff\":{\"min\":\"5ms\",\"max\":\"20ms\"}}");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    publish(0);
    pullAndVanish();
    List<Consumer> consumers = new ArrayList<>();
    for (int i = 0; i < CONSUMERS; i++) {
      consumers.add(new Consumer());
    }
    for (int kill = 1; kill <= KILLS; kill++) {
      awaitAcknowledged(random.nextInt(kill * EVENTS_PER_KILL), seed);
      int killed = random.nextInt(CONSUMERS);
      consumers.get(killed).kill();
      consumers.set(killed, new Consumer());
      if (kill < KILLS) {
        publish(kill);
      }
    }
    awaitAcknowledged(EVENTS, seed);
    consumers.forEach(Consumer::kill);

    assertThat(seen).as("seed %d", seed).hasSize(EVENTS);
    assertThat(state().path("acked").asLong()).as("seed %d", seed).isEqualTo(EVENTS);
    assertThat(state().path("redelivered").asLong()).isPositive();
    SERVER.delete(PATH);
  }

  /** The events after so many kills. */
  private static void publish(int kills) {
    StringBuilder lines = new StringBuilder();
    for (int event = kills * EVENTS_PER_KILL; event < (kills + 1) * EVENTS_PER_KILL; event++) {
      lines.append("{\"topic\":\"stress\",\"id\":\"").append(event).append("\"}\n");
    }
    SERVER.post("/publish", "application/x-ndjson", lines.toString());
  }

  /** As one does that is killed before it has acknowledged anything. */
  private static void pullAndVanish() {
    assertThat(SERVER.post(PATH + "/pull?max=10", "application/json", "").body()).contains("ackId");
  }

  private void awaitAcknowledged(int events, long seed) {
    await()
        .alias("seed " + seed)
        .atMost(LONGEST)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              buryNoneThatWasAcknowledged();
              return state().path("acked").asInt() >= events;
            });
  }

  private static JsonNode state() {
    return SERVER.getJson(PATH);
  }

  /** Looks at the dead letters, and sends them again. */
  private void buryNoneThatWasAcknowledged() {
    Set<String> before = Set.copyOf(acknowledged);
    JsonNode dead = SERVER.getJson(PATH + "/dead-letters?max=1000").path("deadLetters");
    List<String> offsets = new ArrayList<>();
    for (JsonNode letter : dead) {
      assertThat(before).doesNotContain(letter.path("event").path("id").asString());
      offsets.add(letter.path("offset").asString());
    }
    if (!offsets.isEmpty()) {
      String body = "{\"offsets\":[" + String.join(",", offsets) + "]}";
      SERVER.post(PATH + "/dead-letters/replay", "application/json", body);
    }
  }
}
