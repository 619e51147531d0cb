package dev.logaggregator.filter;

import dev.logaggregator.event.BlockFilter;
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
    long hash(String key) {
      return BlockFilter.idHash(key);
    }
  };

  abstract int start(EventView event);

  /** Equal to {@link #start} if the event has none. */
  abstract int end(EventView event);

  /** By which a block's summary is asked. */
  abstract long hash(String key);
}
