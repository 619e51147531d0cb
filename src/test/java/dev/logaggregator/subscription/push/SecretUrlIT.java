package dev.logaggregator.subscription.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.webhook.Receiver;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of a webhook is often a credential: nobody who may look gets to know it. */
class SecretUrlIT {

  private static final RunningAggregator SERVER = RunningAggregator.shared();
  private static final String TOKEN = "T0k3nOfTheHook";

  private static String put(String name, String url) {
    HttpResponse<String> response = tryToPut(name, url);
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    return response.body();
  }

  private static HttpResponse<String> tryToPut(String name, String url) {
    return SERVER.put(
        "/subscriptions/" + name,
        "application/json",
        "{\"topics\":[\"%s\"],\"maxDeliveries\":1,\"push\":{\"url\":\"%s\"}}".formatted(name, url));
  }

  @Test
  void isShownShortenedWhereverItMayBeSeen() throws Exception {
    int nobodyListens;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobodyListens = socket.getLocalPort();
    }
    String origin = "http://localhost:" + nobodyListens;
    String name = "push.hidden";
    String answer = put(name, origin + "/hooks/" + TOKEN + "?key=" + TOKEN);
    SERVER.post("/publish/" + name, "application/json", "{}");
    await()
        .until(() -> SERVER.getJson("/subscriptions/" + name).path("deadLettered").asLong() == 1);

    assertThat(answer).contains("\"url\":\"" + origin + "/…\"").doesNotContain(TOKEN);
    assertThat(SERVER.get("/subscriptions/" + name + "/attempts").body())
        .contains("\"error\":")
        .doesNotContain(TOKEN);
    for (String path :
        new String[] {"/subscriptions", "/subscriptions/" + name, "/actuator/health"}) {
      assertThat(SERVER.get(path).body()).doesNotContain(TOKEN);
    }
    assertThat(SERVER.get("/subscriptions/" + name).body()).contains("lastError", origin + "/…");
    assertThat(SERVER.get("/subscriptions/" + name + "/dead-letters").body())
        .contains("reason")
        .doesNotContain(TOKEN);
    SERVER.delete("/subscriptions/" + name);
  }

  @Test
  void staysAsItIsWhenTheShortenedOneIsSentBack() {
    String name = "push.kept";
    try (Receiver endpoint = Receiver.answering(204)) {
      put(name, endpoint.url() + "?key=" + TOKEN);
      String shown = SERVER.getJson("/subscriptions/" + name).path("push").path("url").asString();
      assertThat(shown).endsWith("/…");

      put(name, shown);
      SERVER.post("/publish/" + name + "?id=1", "application/json", "{}");
      await().until(() -> SERVER.getJson("/subscriptions/" + name).path("acked").asLong() == 1);
      assertThat(endpoint.eventIds()).containsExactly("1");
    }
    SERVER.delete("/subscriptions/" + name);
  }

  /** Least of all may a credential be sent to another host. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example/…",
        "http://hooks.example/…",
        "https://hooks.example:444/…",
        "https://other.example/%E2%80%A6"
      })
  void aShortenedOneOfAnotherPlaceIsRefused(String url) {
    String name = "push.moved";
    put(name, "https://hooks.example/services/" + TOKEN);
    HttpResponse<String> response = tryToPut(name, url);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("push.url", "must be whole").doesNotContain(TOKEN);
    SERVER.delete("/subscriptions/" + name);
  }

  @Test
  void aShortenedOneOfNoneIsRefused() {
    HttpResponse<String> response = tryToPut("push.none", "https://hooks.example/…");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("must be whole");
  }
}
