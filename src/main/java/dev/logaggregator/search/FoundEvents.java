package dev.logaggregator.search;

import dev.logaggregator.filter.EventFields;
import dev.logaggregator.filter.FieldReader;

/**
 * Events that match, and their fields. All that is counted is read through here, so that this is
 * the one place to know how events lie: a {@link FoundEvent} is a single one, as its bytes. Where
 * events lie in columns, all that were found together can be asked at once.
 */
interface FoundEvents {

  /** How many they are; each is a row, from 0 on. */
  int size();

  /** {@code timestamp}, in milliseconds since the epoch. */
  long timestampMillis(int row);

  /** Hands over each value of a field, of an array each element. */
  void read(FieldReader field, ValueTarget target);

  /** Hands over each value that a row has in any field but the envelope's. */
  void readFields(int row, EventFields.Visitor visitor);
}
