package dev.logaggregator.journal.none;

import dev.logaggregator.event.Durability;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.JournalEntry;
import dev.logaggregator.journal.JournalFailedException;
import dev.logaggregator.journal.JournalSink;
import dev.logaggregator.worker.LockRank;
import dev.logaggregator.worker.OrderedLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps nothing. Publishers take a lock in turn and apply their own entry: no queue, no hand-over,
 * no copy.
 */
public final class NoJournal implements Journal {

  private final OrderedLock turn = new OrderedLock(LockRank.JOURNAL);
  private @Nullable JournalSink sink;

  @Override
  public Durability durability() {
    return Durability.MEMORY;
  }

  @Override
  public void open(JournalSink opened) {
    turn.lock();
    try {
      sink = opened;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public Receipt append(JournalEntry entry) {
    turn.lock();
    try {
      if (sink == null) {
        throw new JournalFailedException("the journal is closed", null);
      }
      return sink.apply(entry);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      sink = null;
    } finally {
      turn.unlock();
    }
  }
}
