package dev.logaggregator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Receivers compare the time of a webhook with theirs, so it is the wall clock's at that moment.
 */
class WebhookTimeTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String EARLIER = "whsec_AAAA9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private Instant wall = Instant.parse("2026-11-22T07:00:00Z");

  @Test
  void theTimestampAndTheEndOfASecretFollowEveryJump() throws Exception {
    AddressRules rules = new AddressRules(true);
    try (Receiver receiver = Receiver.answering(204);
        CheckedResolver resolver = new CheckedResolver(rules, InetAddress::getAllByName);
        WebhookClient client = new WebhookClient(resolver, () -> wall)) {
      Endpoint endpoint =
          new Endpoint(
              URI.create(receiver.url()),
              Duration.ofSeconds(15),
              List.of(
                  new Endpoint.Secret(SECRET, null),
                  new Endpoint.Secret(EARLIER, wall.plus(Duration.ofHours(1)))));
      client.send(endpoint, "msg_1", new byte[] {'{', '}'}, 1);
      wall = wall.plus(Duration.ofHours(8));
      client.send(endpoint, "msg_2", new byte[] {'{', '}'}, 1);

      assertThat(receiver.got())
          .extracting(got -> got.header("webhook-timestamp"))
          .containsExactly("1795330800", "1795359600");
      assertThat(receiver.got())
          .extracting(got -> got.header("webhook-signature").split(" ").length)
          .containsExactly(2, 1);
    }
  }
}
