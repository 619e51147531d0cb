package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import java.util.BitSet;

/** A node of a compiled filter; immutable but for what it remembers. */
interface Condition extends EventFilter {

  /** Reads a field at a fixed place. */
  int COST_OF_HEADER = 1;

  /** Looks up what is remembered of a topic. */
  int COST_OF_TOPIC = 2;

  /** Compares an id or a source. */
  int COST_OF_KEY = 4;

  /** Reads a field's column. */
  int COST_OF_COLUMN = 10;

  /** Searches the event's text. */
  int COST_OF_TEXT = 100;

  /** Walks through the payload's JSON. */
  int COST_OF_LOOKUP = 200;

  /** What asking about one event costs, relative to others: the cheap ones are asked first. */
  int cost();

  /** The same, where events lie in columns: a field is found without a walk through JSON. */
  default int costByColumn() {
    return cost();
  }

  /** As {@link #select}, without a look at columns where what is known of all rows is enough. */
  default RowSelection selectAny(EventRows rows, BitSet asked) {
    return switch (judge(rows.summary())) {
      case NONE -> RowSelection.exactly(new BitSet());
      case SOME -> select(rows, asked);
      case ALL -> RowSelection.exactly(asked);
    };
  }

  /** Takes every event. */
  Condition EVERYTHING =
      new Condition() {
        @Override
        public boolean matches(EventView event) {
          return true;
        }

        @Override
        public Verdict judge(BlockSummary block) {
          return Verdict.ALL;
        }

        @Override
        public RowSelection select(EventRows rows, BitSet asked) {
          return RowSelection.exactly(asked);
        }

        @Override
        public int cost() {
          return 0;
        }
      };
}
