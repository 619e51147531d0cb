package dev.logaggregator.subscription;

/** There are as many subscriptions as may be. */
public final class TooManySubscriptionsException extends RuntimeException {

  TooManySubscriptionsException(int max) {
    super(
        "There are as many subscriptions as aggregator.subscription.max allows (%d)."
            .formatted(max));
  }
}
