package dev.logaggregator.subscription.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.subscription.PushTarget;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Receivers compare the time of a webhook with theirs, so it is the wall clock's at that moment. */
class WebhookTimeTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String EARLIER = "whsec_AAAA9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private Instant wall = Instant.parse("2026-11-22T07:00:00Z");

  @Test
  void theTimestampAndTheEndOfASecretFollowEveryJump() throws Exception {
    AddressRules rules =
        new AddressRules(new PushSettings(true, 256, 16, Duration.ofHours(24), 8));
    try (Endpoint endpoint = Endpoint.answering(204);
        CheckedResolver resolver = new CheckedResolver(rules, InetAddress::getAllByName);
        WebhookClient client = new WebhookClient(resolver, () -> wall)) {
      PushTarget target =
          new PushTarget(
              URI.create(endpoint.url()),
              Duration.ofSeconds(15),
              SECRET,
              EARLIER,
              wall.plus(Duration.ofHours(1)));
      client.send(target, "msg_1", new byte[] {'{', '}'}, 1);
      wall = wall.plus(Duration.ofHours(8));
      client.send(target, "msg_2", new byte[] {'{', '}'}, 1);

      assertThat(endpoint.got())
          .extracting(got -> got.header("webhook-timestamp"))
          .containsExactly("1795330800", "1795359600");
      assertThat(endpoint.got())
          .extracting(got -> got.header("webhook-signature").split(" ").length)
          .containsExactly(2, 1);
    }
  }
}
