package dev.logaggregator.search;

import dev.logaggregator.event.EventView;
import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.filter.RowFields;
import dev.logaggregator.filter.ValueTarget;

/** One event where it lies: the row 0. Used for one after the other. */
final class FoundEvent implements FoundEvents {

  private final RowFields fields;
  private EventView event = new EventView();

  FoundEvent(RowFields fields) {
    this.fields = fields;
  }

  void moveTo(EventView found) {
    event = found;
  }

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public int next(int row) {
    return row == 0 ? 0 : -1;
  }

  @Override
  public long timestampMillis(int row) {
    return event.timestampSecond() * 1_000 + event.timestampNano() / 1_000_000;
  }

  @Override
  public void read(FieldReader field, ValueTarget target) {
    field.read(event, (text, from, to) -> target.value(0, target.number(text, from, to)));
  }

  @Override
  public void readFields(RowFields.Visitor visitor) {
    fields.read(event, visitor);
  }
}
