package dev.logaggregator.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where webhooks are sent.
 *
 * @param url of http or https
 * @param timeout how long an attempt may take in all
 * @param secrets sign what is sent, the newest first
 */
public record Endpoint(URI url, Duration timeout, List<Secret> secrets) {

  /**
   * Signs what is sent.
   *
   * @param value {@code whsec_} and Base64
   * @param until until when it does; null for as long as it is there
   */
  public record Secret(String value, @Nullable Instant until) {

    /** Without what is secret. */
    @Override
    public String toString() {
      return "secret until " + until;
    }
  }

  public Endpoint {
    secrets = List.copyOf(secrets);
  }

  /** The secrets to sign with, the newest first. */
  List<String> secretsAt(Instant now) {
    return secrets.stream()
        .filter(secret -> secret.until == null || now.isBefore(secret.until))
        .map(Secret::value)
        .toList();
  }
}
