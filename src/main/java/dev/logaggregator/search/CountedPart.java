package dev.logaggregator.search;

import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.filter.RowFields;
import java.util.BitSet;

/** What a scanner has of a count: a counter, and how it gets at events. One thread at a time. */
final class CountedPart<C extends EventCounter> {

  private final C counter;
  private final RowFields fields = new RowFields();
  private final FoundEvent single = new FoundEvent(fields);

  CountedPart(C counter) {
    this.counter = counter;
  }

  C counter() {
    return counter;
  }

  void count(EventView event) {
    single.moveTo(event);
    counter.count(single);
  }

  void count(EventRows rows, BitSet matching) {
    counter.count(new FoundRows(rows, matching, fields));
  }
}
