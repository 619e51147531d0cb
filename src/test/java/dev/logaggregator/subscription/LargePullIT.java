package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Answers to consumers that are larger than the chunks that they are sent in. */
class LargePullIT {

  private static final RunningAggregator SERVER = RunningAggregator.shared();
  private static final String PATH = "/subscriptions/large";
  private static final int EVENTS = 200;
  private static final int LARGE = 100;

  @BeforeEach
  void subscribe() {
    SERVER.put(PATH, "application/json", "{\"topics\":[\"large\"],\"maxDeliveries\":1}");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      lines.append('"').append("x".repeat(i == LARGE ? 900_000 : 4_000)).append(i).append("\"\n");
    }
    SERVER.post("/publish/large", "application/x-ndjson", lines.toString());
  }

  @AfterEach
  void delete() {
    SERVER.delete(PATH);
    SERVER.delete("/topics/large");
  }

  private static HttpResponse<String> pull() {
    return SERVER.post(PATH + "/pull?max=1000&wait=20s", "application/json", "");
  }

  private static List<JsonNode> pullAll() {
    List<JsonNode> messages = new ArrayList<>();
    while (messages.size() < EVENTS) {
      RunningAggregator.json(pull()).path("messages").forEach(messages::add);
    }
    return messages;
  }

  private static void assertWholeAndInOrder(List<JsonNode> eventsOfMessages) {
    assertThat(eventsOfMessages).hasSize(EVENTS);
    for (int i = 0; i < EVENTS; i++) {
      assertThat(eventsOfMessages.get(i).path("event").path("payload").asString())
          .hasSizeGreaterThan(i == LARGE ? 900_000 : 4_000)
          .endsWith("x" + i);
    }
  }

  @Test
  void areWholeDocumentsWithAllEventsInOrder() {
    assertWholeAndInOrder(pullAll());
    assertThat(SERVER.getJson(PATH).path("inFlight").asInt()).isEqualTo(EVENTS);
  }

  @Test
  void theSameHoldsForDeadLetters() {
    List<String> ids =
        pullAll().stream().map(message -> '"' + message.path("ackId").asString() + '"').toList();
    SERVER.post(PATH + "/nack", "application/json", "{\"ackIds\":[" + String.join(",", ids) + "]}");

    List<JsonNode> letters = new ArrayList<>();
    SERVER.getJson(PATH + "/dead-letters?max=1000").path("deadLetters").forEach(letters::add);
    assertWholeAndInOrder(letters);
  }
}
