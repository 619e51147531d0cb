package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A consumer that goes away costs an event no delivery. */
class LeavingConsumerIT {

  private static final RunningAggregator SERVER = RunningAggregator.shared();
  private static final String PATH = "/subscriptions/leaving";
  private static final int LARGE_EVENTS = 100;

  @BeforeEach
  void subscribe() {
    SERVER.put(PATH, "application/json", "{\"topics\":[\"leaving\"],\"maxDeliveries\":1}");
  }

  @AfterEach
  void delete() {
    SERVER.delete(PATH);
  }

  private static Socket send(String query, String headers) throws IOException {
    Socket client = new Socket("127.0.0.1", SERVER.port());
    String request =
        "POST " + PATH + "/pull?" + query + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private static JsonNode pull(String query) {
    return RunningAggregator.json(SERVER.post(PATH + "/pull?" + query, "application/json", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Content-Length: 0\r\n"})
  void nothingIsDeliveredToWhoHasLeftWhileWaiting(String headers) throws IOException {
    try (Socket client = send("wait=60s", headers)) {
      assertThat(SERVER.getJson(PATH).path("inFlight").asInt()).isZero();
      assertThat(SERVER.getJson(PATH).path("inFlight").asInt()).isZero();
    }
    SERVER.post("/publish/leaving", "application/json", "1");

    JsonNode message = pull("wait=20s").path("messages").path(0);
    assertThat(message.path("delivery").asInt()).isEqualTo(1);
    assertThat(SERVER.getJson(PATH).path("delivered").asInt()).isEqualTo(1);
  }

  @Test
  void whatCouldNotBeSentIsDeliveredAgainAsIfForTheFirstTime() throws IOException {
    String event = "\"" + "x".repeat(64 << 10) + "\"\n";
    SERVER.post("/publish/leaving", "application/x-ndjson", event.repeat(LARGE_EVENTS));
    try (Socket client = send("max=" + LARGE_EVENTS, "")) {
      client.setSoLinger(true, 0);
      assertThat(client.getInputStream().read()).isEqualTo('H');
    }

    int received = 0;
    while (received < LARGE_EVENTS) {
      JsonNode messages = pull("wait=20s&max=" + LARGE_EVENTS).path("messages");
      assertThat(messages).isNotEmpty();
      messages.forEach(message -> assertThat(message.path("delivery").asInt()).isEqualTo(1));
      received += messages.size();
    }
    assertThat(SERVER.getJson(PATH).path("deadLettered").asInt()).isZero();
  }
}
