package dev.logaggregator.store;

/**
 * State of another room that has its place in the log's order, and in the journal: it is changed by
 * records and nothing else, so that it is the same after a restart and on every node. Handed all
 * records of its kind that the journal holds before the log opens, so that it must not need the
 * {@link EventStore}.
 */
public interface RoomState {

  /** The kind of its records: the room's name. */
  String kind();

  /**
   * Takes the next record, in the journal's order, one at a time. Must not fail for a record that
   * an earlier version wrote, nor publish.
   */
  void apply(byte[] record);
}
