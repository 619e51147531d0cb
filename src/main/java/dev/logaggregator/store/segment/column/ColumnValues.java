package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.EventColumn;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column within a row group, read. Values that are equal may share a <i>code</i>;
 * codes count from 0.
 */
interface ColumnValues {

  /** How many values. */
  int count();

  /** The code of each value; null if they are the values' own indexes. */
  int @Nullable [] valueCodes();

  /** How many codes. */
  int codes();

  /** Appends a value as it was written. */
  void append(int index, ByteSink out);

  /** Whether an ASCII character may be in what one of the values means. */
  default boolean mayHaveByte(int value) {
    return true;
  }

  /** See {@link EventColumn#digits}. */
  default EventColumn.@Nullable Digits digits() {
    return null;
  }

  /** Each code's value as it was written. */
  TextValues texts();

  /** The numbers, by code; null if not all of them are numbers of a usual spelling. */
  @Nullable NumberValues asNumbers();
}
