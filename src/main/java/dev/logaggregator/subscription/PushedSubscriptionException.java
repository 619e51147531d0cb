package dev.logaggregator.subscription;

/** A subscription that is pushed to its endpoint is pulled from. */
public final class PushedSubscriptionException extends RuntimeException {

  PushedSubscriptionException(String name) {
    super("%s is pushed to its endpoint; without push, it could be pulled from.".formatted(name));
  }
}
