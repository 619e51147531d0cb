package dev.logaggregator.stats;

import dev.logaggregator.event.JsonBuffer;
import dev.logaggregator.store.TopicStatistics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of one topic, or of several as if they were one, as they are written in answers. */
record TopicFigures(
    long accepted,
    long duplicates,
    long retained,
    long bytes,
    @Nullable Instant firstTimestamp,
    @Nullable Instant lastTimestamp,
    long lastOffset,
    double rate1m) {

  private static final TopicFigures NONE = new TopicFigures(0, 0, 0, 0, null, null, -1, 0);

  /** So that a hundred thousand equal topics still have shares. */
  private static final int SHARE_DECIMALS = 6;

  static TopicFigures of(TopicStatistics topic) {
    return new TopicFigures(
        topic.accepted(),
        topic.duplicates(),
        topic.retained(),
        topic.bytes(),
        topic.firstTimestamp(),
        topic.lastTimestamp(),
        topic.lastOffset(),
        topic.rate1m());
  }

  static TopicFigures sum(List<TopicStatistics> topics) {
    TopicFigures sum = NONE;
    for (TopicStatistics topic : topics) {
      sum = sum.plus(of(topic));
    }
    return sum;
  }

  private TopicFigures plus(TopicFigures other) {
    return new TopicFigures(
        accepted + other.accepted,
        duplicates + other.duplicates,
        retained + other.retained,
        bytes + other.bytes,
        earlier(firstTimestamp, other.firstTimestamp),
        later(lastTimestamp, other.lastTimestamp),
        Math.max(lastOffset, other.lastOffset),
        rate1m + other.rate1m);
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isBefore(a)) ? b : a;
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isAfter(a)) ? b : a;
  }

  /**
   * Writes the members, without the braces.
   *
   * @param totalAccepted what {@code share} is a share of; negative for no share
   */
  void writeMembers(JsonBuffer json, long totalAccepted) {
    json.ascii("\"accepted\":").number(accepted);
    json.ascii(",\"duplicates\":").number(duplicates);
    json.ascii(",\"retained\":").number(retained);
    if (totalAccepted >= 0) {
      double share = totalAccepted == 0 ? 0 : (double) accepted / totalAccepted;
      json.ascii(",\"share\":").decimal(share, SHARE_DECIMALS);
    }
    json.ascii(",\"bytes\":").number(bytes);
    if (firstTimestamp != null) {
      json.ascii(",\"firstTimestamp\":").timestamp(firstTimestamp);
    }
    if (lastTimestamp != null) {
      json.ascii(",\"lastTimestamp\":").timestamp(lastTimestamp);
    }
    if (lastOffset >= 0) {
      json.ascii(",\"lastOffset\":").number(lastOffset);
    }
    json.ascii(",\"rate1m\":").decimal(rate1m, 1);
  }

  /** Writes an object with a member for each topic, in that order. */
  static void writeEach(JsonBuffer json, List<TopicStatistics> topics, long totalAccepted) {
    json.put('{');
    String separator = "";
    for (TopicStatistics topic : topics) {
      json.ascii(separator).put('"').ascii(topic.topic().name()).ascii("\":{");
      of(topic).writeMembers(json, totalAccepted);
      json.put('}');
      separator = ",";
    }
    json.put('}');
  }

  /** Writes the member {@code system}, unless there are no system topics. */
  static void writeSystem(JsonBuffer json, List<TopicStatistics> systemTopics) {
    if (!systemTopics.isEmpty()) {
      json.ascii(",\"system\":");
      writeEach(json, systemTopics, -1);
    }
  }
}
