package dev.logaggregator.store;

import dev.logaggregator.event.Event;
import dev.logaggregator.journal.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Opens stores, and closes them after each test. Each journal's test says which one to open. */
abstract class OpenStores {

  final List<EventStore> opened = new ArrayList<>();
  Instant now = Events.NOW;

  /** A fresh journal. */
  abstract Journal journal();

  /** Brings the log into the form in which it is to be read. */
  void settle(EventStore store) {}

  /** Every event that is retained, in that order. */
  final List<Event> all(EventStore store, Order order) {
    settle(store);
    return Events.all(store, order);
  }

  EventStore open(RetentionSettings retention, DeduplicationSettings deduplication) {
    InstantSource clock = () -> now;
    EventStore store =
        new EventStore(journal(), retention, deduplication, TopicSettings.DEFAULT, clock);
    opened.add(store);
    return store;
  }

  EventStore open() {
    return open(RetentionSettings.DEFAULT, DeduplicationSettings.DEFAULT);
  }

  static RetentionSettings keep(long events) {
    return new RetentionSettings(null, events, null, Map.of());
  }

  @AfterEach
  void close() {
    opened.forEach(EventStore::close);
  }
}
