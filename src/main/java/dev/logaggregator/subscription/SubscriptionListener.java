package dev.logaggregator.subscription;

/** Is told when a subscription was created or changed. */
public interface SubscriptionListener {

  /** It is as it says now; its deletion is found out from itself. */
  void changed(Subscription subscription);
}
