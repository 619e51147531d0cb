package dev.logaggregator.event;

/**
 * Resolves the number by which a log calls a topic. Numbers are dense, from 0, and never reused.
 */
@FunctionalInterface
public interface TopicLookup {

  /** The topic with that number. */
  Topic topic(int number);
}
