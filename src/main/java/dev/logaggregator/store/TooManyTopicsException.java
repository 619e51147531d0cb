package dev.logaggregator.store;

/** A batch names a topic that would be one too many; nothing of the batch was stored. */
public class TooManyTopicsException extends RuntimeException {

  /**
   * @param limit how many topics there may be
   */
  public TooManyTopicsException(int limit) {
    super("there are already " + limit + " topics, as many as aggregator.topics.max allows");
  }
}
