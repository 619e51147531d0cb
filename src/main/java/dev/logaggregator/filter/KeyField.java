package dev.logaggregator.filter;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.EventColumn;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;

/** The envelope's free texts. */
enum KeyField {
  SOURCE {
    @Override
    int start(EventView event) {
      return event.sourceStart();
    }

    @Override
    int end(EventView event) {
      return event.sourceEnd();
    }

    @Override
    EventColumn column(EventRows rows) {
      return rows.sources();
    }

    @Override
    long hash(String key) {
      return BlockFilter.sourceHash(key);
    }
  },
  ID {
    @Override
    int start(EventView event) {
      return event.idStart();
    }

    @Override
    int end(EventView event) {
      return event.idEnd();
    }

    @Override
    EventColumn column(EventRows rows) {
      return rows.ids();
    }

    @Override
    long hash(String key) {
      return BlockFilter.idHash(key);
    }
  };

  abstract int start(EventView event);

  /** Equal to {@link #start} if the event has none. */
  abstract int end(EventView event);

  abstract EventColumn column(EventRows rows);

  /** By which a block's summary is asked. */
  abstract long hash(String key);
}
