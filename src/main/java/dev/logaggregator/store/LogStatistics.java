package dev.logaggregator.store;

import java.util.ArrayList;
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
 * @param topics every topic with its figures, in no order
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
    List<TopicStatistics> topics,
    List<TopicStatistics> systemTopics) {

  /** The figures that aren't sums over topics. */
  record Totals(
      long version,
      long rejected,
      long receivedBytes,
      long storedBytes,
      long firstOffset,
      long lastOffset,
      double rate1s,
      double rate1m,
      double rate5m) {}

  /** Adds the topics up. */
  static LogStatistics of(List<TopicStatistics> all, Totals totals) {
    List<TopicStatistics> topics = new ArrayList<>(all.size());
    List<TopicStatistics> system = new ArrayList<>();
    long accepted = 0;
    long duplicates = 0;
    long retained = 0;
    long bytes = 0;
    for (TopicStatistics topic : all) {
      if (topic.topic().isSystem()) {
        system.add(topic);
      } else {
        topics.add(topic);
        accepted += topic.accepted();
        duplicates += topic.duplicates();
        retained += topic.retained();
        bytes += topic.bytes();
      }
    }
    return new LogStatistics(
        totals.version,
        accepted,
        duplicates,
        totals.rejected,
        retained,
        totals.receivedBytes,
        bytes,
        totals.storedBytes,
        retained == 0 ? -1 : totals.firstOffset,
        totals.lastOffset,
        totals.rate1s,
        totals.rate1m,
        totals.rate5m,
        topics,
        system);
  }

  /** Events that publishers sent. */
  public long received() {
    return accepted + duplicates + rejected;
  }

  /** Events dropped by retention or with their topic. */
  public long evicted() {
    return accepted - retained;
  }
}
