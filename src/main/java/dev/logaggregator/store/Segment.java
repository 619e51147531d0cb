package dev.logaggregator.store;

/**
 * A run of the log, in offset order, that takes no more events: raw at first, then sealed. Segments
 * are what retention drops.
 */
sealed interface Segment permits RawSegment, SealedSegment {

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

  /** How many live events of each topic it holds, and their bytes before compression. */
  void countLive(TopicLogs topics, LiveCounter counter);

  /** Is told of each topic that has live events. */
  @FunctionalInterface
  interface LiveCounter {
    void count(TopicLog topic, long events, long bytes);
  }
}
