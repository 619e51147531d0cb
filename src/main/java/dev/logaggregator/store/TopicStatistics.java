package dev.logaggregator.store;

import dev.logaggregator.event.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one topic.
 *
 * @param accepted events stored since the log began
 * @param duplicates events refused as repeated
 * @param retained events that can be read
 * @param bytes size of the retained events before compression
 * @param firstTimestamp the earliest {@code timestamp} of an accepted event; null if there is none
 * @param lastTimestamp the latest
 * @param lastOffset offset of the last event accepted; -1 if there is none
 * @param rate1m accepted events a second over the last minute
 */
public record TopicStatistics(
    Topic topic,
    long accepted,
    long duplicates,
    long retained,
    long bytes,
    @Nullable Instant firstTimestamp,
    @Nullable Instant lastTimestamp,
    long lastOffset,
    double rate1m) {

  /** Events dropped by retention or with their topic. */
  public long evicted() {
    return accepted - retained;
  }
}
