package dev.logaggregator.event;

/**
 * What is known of a run of events without looking at them: by it readers skip those in which
 * nothing can match.
 */
public interface BlockSummary {

  /** Offset of the first event; none is smaller. */
  long firstOffset();

  /** Offset of the last event; none is larger. */
  long lastOffset();

  /** Smallest second of a {@code timestamp}, since the epoch, rounded down. */
  long minSecond();

  /** Largest second of a {@code timestamp}, since the epoch, rounded down. */
  long maxSecond();

  /** Bit {@code Level.ordinal() + 1} for each level present, bit 0 for events without one. */
  int levels();

  /** How many topics the run has events of. */
  int topicCount();

  /** One of them. */
  Topic topic(int index);

  /** Whether the run has events of that topic; quicker than going through all of them. */
  boolean hasTopic(Topic topic);

  /**
   * Whether an event may have this {@code source} or {@code id}.
   *
   * @param hash from {@link BlockFilter#sourceHash(String)} or {@link BlockFilter#idHash(String)}
   */
  boolean mayContainKey(long hash);

  /**
   * Whether every one of these trigrams may occur in the text (topic, source, attributes, payload)
   * of the run's events.
   *
   * @param trigrams from {@link BlockFilter#trigrams}
   */
  boolean mayContainText(int[] trigrams);
}
