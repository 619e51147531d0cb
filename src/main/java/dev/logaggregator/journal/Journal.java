package dev.logaggregator.journal;

import dev.logaggregator.event.Durability;
import dev.logaggregator.event.Receipt;

/**
 * Gives the order, and the durability. Entries reach the sink in that order, one at a time, and
 * never before they are as durable as promised: memory doesn't run ahead of the journal.
 *
 * <p>Blocking by design: publishers are virtual threads, and without a journal there is nothing to
 * wait for, so that a future for each batch would be all cost.
 */
public interface Journal extends AutoCloseable {

  /** What an entry survives once {@link #append} has returned. */
  Durability durability();

  /**
   * Hands over everything that the journal holds, then each new entry as it is appended. Called
   * once, before the first {@link #append}.
   */
  void open(JournalSink sink);

  /**
   * Puts an entry in order, makes it durable and has it applied. May be called by many threads.
   *
   * @return what the sink said
   * @throws JournalFailedException when it isn't known to be durable; it was not applied
   */
  Receipt append(JournalEntry entry);

  /** Waits for entries under way; later ones fail. */
  @Override
  void close();
}
