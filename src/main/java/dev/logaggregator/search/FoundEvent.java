package dev.logaggregator.search;

import dev.logaggregator.event.EventView;
import dev.logaggregator.filter.EventFields;
import dev.logaggregator.filter.FieldReader;

/**
 * One event where it lies, and what counts it: what a scanner has of a count, going from event to
 * event.
 */
final class FoundEvent<C extends EventCounter> implements FoundEvents {

  private final C counter;
  private final EventFields fields = new EventFields();
  private EventView event = new EventView();

  FoundEvent(C counter) {
    this.counter = counter;
  }

  C counter() {
    return counter;
  }

  void count(EventView found) {
    event = found;
    counter.count(this);
  }

  @Override
  public int size() {
    return 1;
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
  public void readFields(int row, EventFields.Visitor visitor) {
    fields.read(event, visitor);
  }
}
