package dev.logaggregator.search;

import dev.logaggregator.event.EventRows;
import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.filter.RowFields;
import dev.logaggregator.filter.ValueTarget;
import java.util.BitSet;

/** Events that lie together in columns. */
final class FoundRows implements FoundEvents {

  private final EventRows events;
  private final BitSet matching;
  private final boolean all;
  private final RowFields fields;

  /**
   * @param matching the rows that were found
   */
  FoundRows(EventRows events, BitSet matching, RowFields fields) {
    this.events = events;
    this.matching = matching;
    this.all = matching.cardinality() == events.size();
    this.fields = fields;
  }

  @Override
  public int rows() {
    return events.size();
  }

  @Override
  public int next(int row) {
    if (all) {
      return row < events.size() ? row : -1;
    }
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
