package dev.logaggregator.subscription;

import dev.logaggregator.webhook.Endpoint;
import dev.logaggregator.webhook.Endpoint.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where events are pushed to.
 *
 * @param url of http or https
 * @param timeout how long an attempt may take in all
 * @param secret signs what is sent: {@code whsec_} and Base64
 * @param previousSecret signs as well, so that a receiver can change over; null if there is none
 * @param previousUntil until when it does; null with {@code previousSecret}
 */
public record PushTarget(
    URI url,
    Duration timeout,
    String secret,
    @Nullable String previousSecret,
    @Nullable Instant previousUntil) {

  /** As who sends needs it. */
  public Endpoint endpoint() {
    List<Secret> secrets = new ArrayList<>(List.of(new Secret(secret, null)));
    if (previousSecret != null && previousUntil != null) {
      secrets.add(new Secret(previousSecret, previousUntil));
    }
    return new Endpoint(url, timeout, secrets);
  }

  /** This target, taking over from an earlier one: the earlier secret goes on for a while. */
  PushTarget after(PushTarget earlier, Instant previousUntilThen) {
    return secret.equals(earlier.secret)
        ? new PushTarget(url, timeout, secret, earlier.previousSecret, earlier.previousUntil)
        : new PushTarget(url, timeout, secret, earlier.secret, previousUntilThen);
  }

  /** Where it leads, without what of the address may be a credential. */
  String shownUrl() {
    return RedactedUrl.of(url);
  }

  /** What became of an attempt, without what of the address may be a credential. */
  public String redact(String text) {
    return RedactedUrl.in(text, url);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return shownUrl() + " within " + timeout;
  }
}
