package dev.logaggregator.store;

import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.none.NoJournal;

class EventStoreWithoutJournalTest extends EventStoreContract {

  @Override
  Journal journal() {
    return new NoJournal();
  }
}
