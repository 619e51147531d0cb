package dev.logaggregator.store;

import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.none.NoJournal;

class EventReadingWithoutJournalTest extends EventReadingContract {

  @Override
  Journal journal() {
    return new NoJournal();
  }
}
