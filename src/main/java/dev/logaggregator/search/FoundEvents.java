package dev.logaggregator.search;

import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.filter.RowFields;
import dev.logaggregator.filter.ValueTarget;

/**
 * Events that match, and their fields. All that is counted is read through here, so that this is
 * the one place to know how events lie: a {@link FoundEvent} is a single one, as its bytes; {@link
 * FoundRows} are many, in columns.
 */
interface FoundEvents {

  /** Each event is a row, with a number below this; not every number is one's. */
  int rows();

  /** The first event's row from there on; negative if there is none. */
  int next(int row);

  /** {@code timestamp}, in milliseconds since the epoch. */
  long timestampMillis(int row);

  /** Hands over each value of a field, of an array each element. */
  void read(FieldReader field, ValueTarget target);

  /** Hands over each value in any field but the envelope's. */
  void readFields(RowFields.Visitor visitor);
}
