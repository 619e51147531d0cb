package dev.logaggregator.store;

/**
 * State of another room that has its place in the log's order, and in the journal: it is changed by
 * records and nothing else, so that it is the same after a restart and on every node. Handed all
 * records of its kind that the journal holds before the log opens, so that it must not need the
 * {@link EventStore}.
 *
 * @param <R> what a record is to the room
 */
public interface RoomState<R> {

  /** The kind of its records: the room's name. */
  String kind();

  /**
   * Reads a record, before it is put in order, so that nothing is left to fail or to take long when
   * its turn comes. May be called by several threads; must understand what an earlier version
   * wrote.
   */
  R decode(byte[] content);

  /**
   * Takes the next record, in the journal's order, one at a time: publishers wait for it. Must
   * neither fail nor publish.
   */
  void apply(R record);
}
