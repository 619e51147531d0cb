package dev.logaggregator.store;

/**
 * A batch names a topic that would be one too many; nothing of the batch was stored. A topic gives
 * its place back when it is deleted, or when its last event and its last remembered id are gone.
 */
public class TooManyTopicsException extends RuntimeException {

  private TooManyTopicsException(String message) {
    super(message);
  }

  /**
   * There are as many as may be.
   *
   * @param limit how many topics there may be
   */
  public static TooManyTopicsException asManyAsAllowed(int limit) {
    return new TooManyTopicsException(
        "there are already " + limit + " topics, as many as aggregator.topics.max allows");
  }

  /** Those that there are, and whose ids are remembered, take as much memory as they may. */
  public static TooManyTopicsException asMuchAsFits() {
    return new TooManyTopicsException(
        "the topics that there are take three quarters of aggregator.retention.max-bytes,"
            + " which is as much as they may");
  }
}
