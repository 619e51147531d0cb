package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.Topic;

/** The topics of a segment, in its own order. */
public interface SegmentTopics {

  Topic topic(int index);

  /** The number by which the log calls it. */
  int number(int index);
}
