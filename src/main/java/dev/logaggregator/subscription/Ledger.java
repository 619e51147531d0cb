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
final class Ledger implements RoomState<SubscriptionRecord> {

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
  public SubscriptionRecord decode(byte[] content) {
    return SubscriptionRecord.of(content);
  }

  @Override
  public void apply(SubscriptionRecord record) {
    Subscription subscription = subscriptions.get(record.name());
    if (subscription == null) {
      if (record instanceof SubscriptionRecord.Put put) {
        subscriptions.put(
            put.name(), new Subscription(put.name(), put.definition(), put.start(), memory));
      }
      // Else it was deleted between the decision and its turn: there is nothing left to change.
      return;
    }
    if (record instanceof SubscriptionRecord.Deleted) {
      subscriptions.remove(record.name());
    }
    subscription.apply(record);
  }

  @Nullable Subscription get(String name) {
    return subscriptions.get(name);
  }

  /** All of them, by name. */
  Collection<Subscription> all() {
    return subscriptions.values();
  }
}
