package dev.logaggregator.subscription;

/** Finds subscriptions. */
@FunctionalInterface
public interface SubscriptionLookup {

  /**
   * The one of that name.
   *
   * @throws org.springframework.web.ErrorResponseException 404 when there is none
   */
  Subscription require(String name);
}
