package dev.logaggregator.journal;

import dev.logaggregator.event.Receipt;

/** Takes entries in the journal's order, one at a time; the log is built by nothing else. */
@FunctionalInterface
public interface JournalSink {

  /** Applies an entry. What becomes of it follows from the entries so far and nothing else. */
  Receipt apply(JournalEntry entry);
}
