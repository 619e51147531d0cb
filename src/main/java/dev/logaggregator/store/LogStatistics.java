package dev.logaggregator.store;

import java.util.List;

/**
 * The figures of the whole log at one moment: they add up. System topics are in none of the totals.
 *
 * @param version changes whenever any figure but a rate changes
 * @param accepted events stored since the log began
 * @param duplicates events refused as repeated
 * @param rejected events refused as invalid
 * @param retained events that can be read
 * @param receivedBytes bytes of all received events, as they were received
 * @param retainedBytes size of the retained events before compression
 * @param storedBytes memory that the log takes, indexes included
 * @param firstOffset offset of the oldest retained event; -1 if there is none
 * @param lastOffset offset of the last event accepted; -1 if there is none
 * @param rate1s accepted events a second over the last second
 * @param rate1m the same over the last minute
 * @param rate5m the same over the last five minutes
 * @param topicCount how many topics there are
 * @param topics those with the most accepted events, the largest first; as many as were asked for
 * @param topicsRate1m what {@code rate1m} of all topics adds up to
 * @param systemTopics every system topic
 */
public record LogStatistics(
    long version,
    long accepted,
    long duplicates,
    long rejected,
    long retained,
    long receivedBytes,
    long retainedBytes,
    long storedBytes,
    long firstOffset,
    long lastOffset,
    double rate1s,
    double rate1m,
    double rate5m,
    int topicCount,
    List<TopicStatistics> topics,
    double topicsRate1m,
    List<TopicStatistics> systemTopics) {

  /** Events that publishers sent. */
  public long received() {
    return accepted + duplicates + rejected;
  }

  /** Events dropped by retention or with their topic. */
  public long evicted() {
    return accepted - retained;
  }
}
