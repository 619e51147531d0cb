package dev.logaggregator.subscription;

/** Finds subscriptions. */
@FunctionalInterface
public interface SubscriptionLookup {

  /**
   * The one of that name.
   *
   * @throws NoSuchSubscriptionException when there is none
   */
  Subscription require(String name);
}
