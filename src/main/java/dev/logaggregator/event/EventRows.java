package dev.logaggregator.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some events of the log, in columns: each is a row, and what they have of one field lies together,
 * so that a condition is evaluated for all of them without putting any together. Not for more than
 * one thread.
 */
public interface EventRows {

  /** Between two literals of a {@link #frames} text: bytes that are in no text. */
  byte GAP = (byte) 0xFF;

  /** How many of them there are: as many as would be a character. */
  int GAP_BYTES = 4;

  /** How many events. */
  int size();

  /** What is known of them without looking at their columns. */
  BlockSummary summary();

  /**
   * Puts an event together and turns a view to it.
   *
   * @param view shows it until the next one is put together
   */
  void show(int row, EventView view);

  /** As {@link EventView#offset}. */
  long offset(int row);

  /** As {@link EventView#isGone}. */
  boolean isGone(int row);

  /** As {@link EventView#topic}. */
  Topic topic(int row);

  /** As {@link EventView#timestampSecond}. */
  long timestampSecond(int row);

  /** As {@link EventView#timestampNano}. */
  int timestampNano(int row);

  /** {@code timestamp} in milliseconds since the epoch, rounded down. */
  long timestampMillis(int row);

  /** As {@link EventView#receivedNanos}. */
  long receivedNanos(int row);

  /** As {@link EventView#levelCode}. */
  int levelCode(int row);

  /** The ids, as plain text. */
  EventColumn ids();

  /** The sources, as plain text; empty where an event has none. */
  EventColumn sources();

  /**
   * Where the values of a path are, all of them: several columns, where they are of several kinds,
   * in arrays, or several in one event.
   *
   * @param inAttributes whether in the attributes, not in the payload
   * @param path names joined by dots; null for the document as a whole
   */
  List<EventColumn> columns(boolean inAttributes, @Nullable String path);

  /** All columns that have values of the attributes, or of the payload. */
  List<EventColumn> columns(boolean inAttributes);

  /**
   * What is around the values in each payload: literals with a gap for each value. One for each
   * event.
   */
  EventColumn frames();
}
