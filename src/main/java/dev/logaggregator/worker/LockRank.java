package dev.logaggregator.worker;

/**
 * The order of all locks, outermost first: a thread that holds one may take only those below it. So
 * no two threads can wait for each other.
 *
 * <p>Publishing goes through {@link #JOURNAL}, {@link #LOG} and {@link #SEALING}, and every reader
 * who waits for new events through {@link #WATERMARK}; a change of a subscription goes through
 * {@link #JOURNAL} and {@link #ROOM}. What is done under any of them takes a time that depends
 * neither on how much the log retains nor on anybody's pace: nobody reads the log, waits for a
 * scan, for a client or for an endpoint while holding one. {@link OrderedLock} checks both where
 * assertions are on, as they are in every test.
 *
 * <p>Locks that are no {@link OrderedLock} guard a few fields, and nothing is called under them
 * that takes another lock.
 */
public enum LockRank {

  /** Who may make, change and delete what other rooms keep in the log's order. */
  CHANGE,

  /** The steps of looking for what nobody retains: one thread at a time takes them. */
  UPKEEP,

  /** The journal's turn: who holds it has the next place in the order. */
  JOURNAL,

  /** The state of another room, as records change it. */
  ROOM,

  /** The state of the log: segments, topics, counters, deduplication. */
  LOG,

  /** What waits to be sealed. */
  SEALING,

  /** Readers that wait for the log to grow. */
  WATERMARK
}
