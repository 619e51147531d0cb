package dev.logaggregator.subscription;

/** A subscription is named that doesn't exist. */
public final class NoSuchSubscriptionException extends RuntimeException {

  NoSuchSubscriptionException(String name) {
    super("There is no subscription %s; PUT /subscriptions/%s creates it.".formatted(name, name));
  }
}
