package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A consumer that goes away costs an event no delivery. */
class LeavingConsumerIT {

  private static final RunningAggregator SERVER = RunningAggregator.shared();
  private static final String PATH = "/subscriptions/leaving";

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
}
