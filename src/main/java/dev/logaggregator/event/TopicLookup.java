package dev.logaggregator.event;

/**
 * Resolves the numbers by which a run of events calls its topics. They are dense, from 0, and mean
 * something within that run only.
 */
@FunctionalInterface
public interface TopicLookup {

  /** The topic with that number. */
  Topic topic(int number);

  /**
   * The offset before which events of that topic are gone, though they may still be in the run; it
   * may rise at any time. Nothing is gone unless this says so.
   */
  default long floor(int number) {
    return 0;
  }
}
