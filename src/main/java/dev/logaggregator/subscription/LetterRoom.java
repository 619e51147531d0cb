package dev.logaggregator.subscription;

import dev.logaggregator.store.EventStore;
import java.util.Comparator;
import org.springframework.stereotype.Component;

/**
 * Finds room for dead letters. What is dropped for them is decided here, before the record is made,
 * and said in it: what a record does must not depend on how much memory a node has.
 */
@Component
final class LetterRoom {

  /** Of the dead letters of the subscription that has most, this part is dropped at a time. */
  private static final int DROPPED_PART = 8;

  private final EventStore store;
  private final Ledger ledger;
  private final SubscriptionSettings settings;

  LetterRoom(EventStore store, Ledger ledger, SubscriptionSettings settings) {
    this.store = store;
    this.ledger = ledger;
    this.settings = settings;
  }

  /**
   * Claims the memory for a dead letter; where there is none, the oldest ones of the subscription
   * that has most go.
   *
   * @return how many the subscription keeps, that one included
   */
  int reserve(Subscription subscription, DeadLetter letter) {
    if (!subscription.reserve(letter) && !(dropOldest() && subscription.reserve(letter))) {
      return Math.min(subscription.deadLetterCount(), settings.maxDeadLetters());
    }
    return settings.maxDeadLetters();
  }

  /** Whether there were any. */
  private boolean dropOldest() {
    Subscription largest =
        ledger.all().stream()
            .max(Comparator.comparingInt(Subscription::deadLetterCount))
            .orElse(null);
    if (largest == null) {
      return false;
    }
    int letters = largest.deadLetterCount();
    if (letters > 0) {
      int keep = letters - Math.max(1, letters / DROPPED_PART);
      store.record(
          SubscriptionRecord.KIND, new SubscriptionRecord.Dropped(largest.name(), keep).toBytes());
    }
    return letters > 0;
  }
}
