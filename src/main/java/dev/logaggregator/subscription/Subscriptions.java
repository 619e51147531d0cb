package dev.logaggregator.subscription;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Position;
import dev.logaggregator.store.ReaderCount;
import dev.logaggregator.worker.LockRank;
import dev.logaggregator.worker.OrderedLock;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Creates, changes, moves and deletes subscriptions. */
@Component
final class Subscriptions implements ReaderCount, SubscriptionLookup {

  private final EventStore store;
  private final Ledger ledger;
  private final SubscriptionSettings settings;
  private final SubscriptionClock clock;
  private final PushPolicy pushPolicy;
  private final ObjectProvider<SubscriptionListener> listeners;
  private final OrderedLock changes = new OrderedLock(LockRank.CHANGE);

  Subscriptions(
      EventStore store,
      Ledger ledger,
      SubscriptionSettings settings,
      SubscriptionClock clock,
      PushPolicy pushPolicy,
      ObjectProvider<SubscriptionListener> listeners) {
    this.store = store;
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
    this.pushPolicy = pushPolicy;
    this.listeners = listeners;
  }

  /** Goes on with those that the journal had. */
  @EventListener(ApplicationReadyEvent.class)
  void resume() {
    for (Subscription subscription : ledger.all()) {
      clock.start();
      listeners.forEach(listener -> listener.changed(subscription));
    }
  }

  /**
   * What became of a {@link #put}.
   *
   * @param newSecret the secret that was made; null if none was
   */
  record Result(Subscription subscription, boolean created, @Nullable String newSecret) {}

  /**
   * Creates or changes one.
   *
   * @throws TooManySubscriptionsException when there are as many as may be
   */
  Result put(String name, DefinitionRequest request) throws IOException {
    Result result = null;
    while (result == null) {
      // Where a new one starts may have to be looked for in the log; nobody else waits for that.
      Position start = ledger.get(name) == null ? request.start().in(store) : null;
      result = put(name, request, start);
    }
    return result;
  }

  /**
   * @param start where a new one starts; null if there is one
   * @return null if there is none any more
   */
  private @Nullable Result put(String name, DefinitionRequest request, @Nullable Position start) {
    changes.lock();
    try {
      Subscription existing = ledger.get(name);
      if (existing == null && start == null) {
        return null;
      }
      if (existing == null && ledger.all().size() >= settings.max()) {
        throw new TooManySubscriptionsException(settings.max());
      }
      PushTarget earlier = existing == null ? null : existing.definition().push();
      PushTarget target = target(request, earlier);
      Definition definition = request.definition().with(target);
      record(new SubscriptionRecord.Put(name, definition, start == null ? -1 : start.offset()));
      Subscription subscription = require(name);
      if (existing == null && start != null && start.gap() != null) {
        subscription.missed(start.gap());
      }
      if (subscription.pausedReason() != null) {
        record(new SubscriptionRecord.Paused(name, null));
      }
      clock.start();
      listeners.forEach(listener -> listener.changed(subscription));
      return new Result(subscription, existing == null, madeFor(target, request, earlier));
    } finally {
      changes.unlock();
    }
  }

  private @Nullable PushTarget target(DefinitionRequest request, @Nullable PushTarget earlier) {
    PushTarget asked = request.definition().push();
    if (asked == null) {
      return null;
    }
    URI url = whole(asked.url(), earlier);
    pushPolicy.check(url);
    String secret = request.secret();
    if (secret == null) {
      secret = earlier == null ? pushPolicy.newSecret() : earlier.secret();
    }
    PushTarget target = new PushTarget(url, asked.timeout(), secret, null, null);
    return earlier == null ? target : target.after(earlier, pushPolicy.previousSecretUntil());
  }

  /** Who changes what a GET answered sends the shortened address back, and means the same one. */
  private static URI whole(URI asked, @Nullable PushTarget earlier) {
    if (!RedactedUrl.isOne(asked)) {
      return asked;
    }
    if (earlier == null || !RedactedUrl.of(asked).equals(earlier.shownUrl())) {
      throw new InvalidEventException(
          "push.url",
          "must be whole; the shortened one that GET shows means that the address stays as it is,"
              + " and this subscription has none that is shown so");
    }
    return earlier.url();
  }

  private static @Nullable String madeFor(
      @Nullable PushTarget target, DefinitionRequest request, @Nullable PushTarget earlier) {
    return target != null && request.secret() == null && earlier == null ? target.secret() : null;
  }

  /** Deletes one; its consumers are told that it doesn't exist. */
  void delete(String name) {
    require(name);
    record(new SubscriptionRecord.Deleted(name));
  }

  /** Goes on from there; what was delivered before can't be acknowledged any more. */
  Position seek(Subscription subscription, Start to) throws IOException {
    Position position = to.in(store);
    record(new SubscriptionRecord.Sought(subscription.name(), position.offset()));
    if (position.gap() != null) {
      subscription.missed(position.gap());
    }
    return position;
  }

  /**
   * Delivers dead letters anew.
   *
   * @throws dev.logaggregator.memory.MemoryExhaustedException when there is none for so many
   */
  void replay(Subscription subscription, List<Long> offsets) {
    subscription.act(consumption -> consumption.claim().requireRoomFor(offsets.size()));
    for (List<Long> part : Deliveries.parts(offsets)) {
      record(new SubscriptionRecord.Replayed(subscription.name(), part));
    }
  }

  private void record(SubscriptionRecord record) {
    store.record(SubscriptionRecord.KIND, record.toBytes());
  }

  @Override
  public Subscription require(String name) {
    Subscription subscription = ledger.get(name);
    if (subscription == null) {
      throw new NoSuchSubscriptionException(name);
    }
    return subscription;
  }

  /** All of them, by name. */
  Collection<Subscription> all() {
    return ledger.all();
  }

  /** The place in the log that an offset is. */
  Cursor cursor(long offset) {
    return new Cursor(store.epoch(), offset);
  }

  @Override
  public String kind() {
    return "subscriptions";
  }

  @Override
  public long count() {
    return ledger.all().size();
  }
}
