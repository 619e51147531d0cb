package dev.logaggregator.store;

import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.none.NoJournal;

class EventStoreInColumnsTest extends EventStoreContract {

  @Override
  Journal journal() {
    return new NoJournal();
  }

  @Override
  EventStore open(RetentionSettings retention, DeduplicationSettings deduplication) {
    EventStore store = Columns.open(journal(), retention, deduplication, () -> now);
    opened.add(store);
    return store;
  }

  @Override
  void settle(EventStore store) {
    Columns.await(store);
  }
}
