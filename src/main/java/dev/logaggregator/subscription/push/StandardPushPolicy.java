package dev.logaggregator.subscription.push;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.subscription.PushPolicy;
import dev.logaggregator.webhook.AddressRules;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** See {@link AddressRules}; secrets are as Standard Webhooks have them. */
@Component
final class StandardPushPolicy implements PushPolicy {

  private static final int SECRET_BYTES = 32;

  private final AddressRules rules;
  private final PushSettings settings;
  private final InstantSource wallClock;
  private final SecureRandom random = new SecureRandom();

  StandardPushPolicy(
      AddressRules rules, PushSettings settings, @Qualifier("wallClock") InstantSource wallClock) {
    this.rules = rules;
    this.settings = settings;
    this.wallClock = wallClock;
  }

  /** Names are checked when they are connected to, with the address that they then have. */
  @Override
  public void check(URI url) {
    String host = url.getHost();
    String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException isName) {
      return;
    }
    String refusal = rules.refusal(address);
    if (refusal != null) {
      throw new InvalidEventException("push.url", "must lead elsewhere: " + refusal);
    }
  }

  @Override
  public String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return "whsec_" + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public Instant previousSecretUntil() {
    return wallClock.instant().plus(settings.secretOverlap());
  }
}
