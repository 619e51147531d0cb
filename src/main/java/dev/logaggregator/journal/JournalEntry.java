package dev.logaggregator.journal;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Topic;

/** Something that changes the state of the log, and therefore has its place in the order. */
public sealed interface JournalEntry {

  /** Events, to be stored unless they are duplicates. */
  record Published(EventBatch batch) implements JournalEntry {}

  /** All events of a topic up to here are gone, and its ids are forgotten. */
  record TopicDeleted(Topic topic) implements JournalEntry {}

  /**
   * A change of another room's state.
   *
   * @param kind the room
   * @param content what it means is known to that room
   * @param decoded the same, as that room has decoded it before it was put in order
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a copy for each would be all cost
  record Recorded(String kind, byte[] content, Object decoded) implements JournalEntry {}
}
