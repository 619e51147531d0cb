package dev.logaggregator.webhook;

import java.net.UnknownHostException;

/** Nothing may be sent to what a host resolves to. */
final class RefusedAddressException extends UnknownHostException {

  RefusedAddressException(String reason) {
    super(reason);
  }
}
