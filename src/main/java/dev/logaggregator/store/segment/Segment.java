package dev.logaggregator.store.segment;

/**
 * A run of the log, in offset order, that takes no more events: raw at first, then sealed. Segments
 * are what retention drops.
 */
public sealed interface Segment permits RawSegment, SealedSegment {

  /** Offset of the first event that it was given; its events' offsets are relative to this. */
  long baseOffset();

  /** Offset of the last event that it was given. */
  long lastOffset();

  /** How many events it holds. */
  int eventCount();

  /** When its last event was received, milliseconds since the epoch. */
  long lastReceivedMillis();

  /** Memory that it takes, in bytes. */
  long sizeBytes();

  /** The topics that it holds events of, with counts that include those that are gone since. */
  SegmentTopics topics();

  /** How many of its events are certainly gone: those of topics that were dropped up to its end. */
  default int deadEvents() {
    SegmentTopics topics = topics();
    int dead = 0;
    for (int i = 0; i < topics.count(); i++) {
      if (topics.floor(i) > lastOffset()) {
        dead += topics.events(i);
      }
    }
    return dead;
  }
}
