package dev.logaggregator.subscription;

import dev.logaggregator.event.InvalidEventException;
import java.net.URI;
import java.time.Instant;

/** Where may be pushed to, and with which secret. */
public interface PushPolicy {

  /**
   * @throws InvalidEventException when nothing may ever be sent there, as far as can be told
   *     without resolving its name
   */
  void check(URI url);

  /** A secret for a subscription that brings none. */
  String newSecret();

  /** Until when a secret that is replaced now goes on signing. */
  Instant previousSecretUntil();
}
