package dev.logaggregator.subscription.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.svix.Webhook;
import com.svix.exceptions.WebhookVerificationException;
import dev.logaggregator.Node;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.webhook.Receiver;
import dev.logaggregator.webhook.Receiver.Got;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is pushed, verified by libraries that aren't ours, and not the one that signs. */
class SignatureIT {

  private static final RunningAggregator SERVER = RunningAggregator.shared();
  private static final String OLD = "whsec_" + "b2xk".repeat(8);
  private static final String NEW = "whsec_" + "bmV3".repeat(8);

  private static Receiver endpoint;
  private static PushedTo subscription;
  private static Got before;
  private static Got after;

  @BeforeAll
  static void pushBeforeAndAfterTheSecretIsReplaced() {
    endpoint = Receiver.answering(200);
    subscription = PushedTo.create(SERVER, "signed", endpoint.url(), "");
    before = pushedWith(OLD, "1");
    after = pushedWith(NEW, "2");
  }

  private static Got pushedWith(String secret, String id) {
    subscription.put(
        "signed", "{\"url\":\"%s\",\"secret\":\"%s\"}".formatted(endpoint.url(), secret), "");
    SERVER.post(
        "/publish/signed?id=" + id, "application/json", "{\"name\":\"Bücher ✓ 𝄞\",\"n\":1.50}");
    await().until(() -> endpoint.eventIds().contains(id));
    return endpoint.got().getLast();
  }

  @AfterAll
  static void close() {
    subscription.close();
    endpoint.close();
  }

  private static Map<String, String> headers(Got got) {
    return Map.of(
        "webhook-id", got.header("webhook-id"),
        "webhook-timestamp", got.header("webhook-timestamp"),
        "webhook-signature", got.header("webhook-signature"));
  }

  private static void verify(Got got, String secret) throws Exception {
    Map<String, List<String>> headers = new java.util.HashMap<>();
    headers(got).forEach((name, value) -> headers.put(name, new ArrayList<>(List.of(value))));
    new Webhook(secret).verify(got.body(), headers);
  }

  @Test
  void isGoodToALibraryFromMaven() throws Exception {
    verify(before, OLD);
    verify(after, NEW);
    assertThatThrownBy(() -> verify(before, NEW)).isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void isGoodWithTheSecretThatWasReplacedToo() throws Exception {
    verify(after, OLD);
    assertThat(after.header("webhook-signature").split(" ")).hasSize(2);
  }

  @Test
  void isGoodToALibraryFromNpm() {
    Node.assumeInstalled();
    assertThat(verifyInNode(before, OLD)).isEqualTo("verified\n");
    assertThat(verifyInNode(after, OLD, NEW)).isEqualTo("verified\n");
    assertThatThrownBy(() -> verifyInNode(before, NEW)).isInstanceOf(AssertionError.class);
  }

  private static String verifyInNode(Got got, String... secrets) {
    return Node.run(
        "verify-webhook.mjs",
        JsonMapper.shared()
            .writeValueAsString(
                Map.of("secrets", secrets, "headers", headers(got), "body", got.body())));
  }

  @Test
  void isTakenByTheReceiverThatTheDocsShow() throws Exception {
    Node.assumeInstalled();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Matcher example =
        Pattern.compile("```js\n(import .*?createServer.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs", "subscribe.md")));
    assertThat(example.find()).isTrue();
    Node.write(
        "docs-example.mjs",
        example
            .group(1)
            .replace("process.env.SECRET", "\"" + NEW + "\"")
            .replace("9000", Integer.toString(port)));
    Process receiver = Node.start("docs-example.mjs");
    String push = "{\"url\":\"http://localhost:%d/\",\"secret\":\"%s\"}".formatted(port, NEW);
    try (PushedTo shown = PushedTo.create(SERVER, "signed.docs", "http://localhost:1/", "")) {
      shown.put("signed.docs", push, ",\"backoff\":{\"min\":\"50ms\"},\"maxDeliveries\":1000");
      SERVER.post("/publish/signed.docs", "application/json", "{}");
      await().until(() -> shown.count("acked") == 1);
    } finally {
      receiver.destroy();
    }
  }
}
