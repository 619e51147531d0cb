package dev.logaggregator.subscription;

import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.store.RoomState;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * All subscriptions, as the records so far have made them. A durable journal that hands over its
 * records when it is opened has them back as they were, without what was in flight.
 */
@Component
final class Ledger implements RoomState {

  private final MemoryAccount memory;

  /** Their number is bounded before a record is made, by {@link Subscriptions}. */
  private final Map<String, Subscription> subscriptions = new ConcurrentSkipListMap<>();

  Ledger(MemoryAccount memory) {
    this.memory = memory;
  }

  @Override
  public String kind() {
    return SubscriptionRecord.KIND;
  }

  @Override
  public void apply(byte[] content) {
    SubscriptionRecord record = SubscriptionRecord.of(content);
    Subscription subscription = subscriptions.get(record.name());
    if (record instanceof SubscriptionRecord.Put put) {
      apply(put, subscription);
    } else if (subscription != null) {
      apply(record, subscription);
    }
    // Else it was deleted between the decision and its turn, and there is nothing left to change.
  }

  private void apply(SubscriptionRecord.Put put, @Nullable Subscription existing) {
    if (existing == null) {
      subscriptions.put(
          put.name(), new Subscription(put.name(), put.definition(), put.start(), memory));
    } else {
      existing.apply(put.definition());
    }
  }

  private void apply(SubscriptionRecord record, Subscription subscription) {
    switch (record) {
      case SubscriptionRecord.Put put -> subscription.apply(put.definition());
      case SubscriptionRecord.Deleted deleted -> {
        subscriptions.remove(deleted.name());
        subscription.applyDeleted();
      }
      case SubscriptionRecord.Done done -> subscription.applyDone(done.offsets(), done.ranges());
      case SubscriptionRecord.Buried buried ->
          subscription.applyBuried(buried.letter(), buried.range(), buried.keep());
      case SubscriptionRecord.Dropped dropped -> subscription.applyDropped(dropped.keep());
      case SubscriptionRecord.Replayed replayed -> subscription.applyReplayed(replayed.offsets());
      case SubscriptionRecord.Sought sought -> subscription.applySought(sought.offset());
      case SubscriptionRecord.Paused paused -> subscription.applyPaused(paused.reason());
    }
  }

  @Nullable Subscription get(String name) {
    return subscriptions.get(name);
  }

  /** All of them, by name. */
  Collection<Subscription> all() {
    return subscriptions.values();
  }
}
