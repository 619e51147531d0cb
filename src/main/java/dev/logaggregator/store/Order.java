package dev.logaggregator.store;

/** The direction in which a log is read. */
public enum Order {
  /** Oldest offset first. */
  ASC,
  /** Newest offset first. */
  DESC
}
