package dev.logaggregator.search;

import dev.logaggregator.event.EventRows;
import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.filter.RowFields;
import dev.logaggregator.filter.ValueTarget;
import java.util.BitSet;

/**
 * Events that lie together in columns.
 *
 * @param matching the rows that were found
 */
record FoundRows(EventRows events, BitSet matching, RowFields fields) implements FoundEvents {

  @Override
  public int rows() {
    return events.size();
  }

  @Override
  public int next(int row) {
    return matching.nextSetBit(row);
  }

  @Override
  public long timestampMillis(int row) {
    return events.timestampMillis(row);
  }

  @Override
  public void read(FieldReader field, ValueTarget target) {
    field.read(events, matching, target);
  }

  @Override
  public void readFields(RowFields.Visitor visitor) {
    fields.read(events, matching, visitor);
  }
}
