package dev.logaggregator.stats;

import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.store.LogStatistics;
import dev.logaggregator.store.TopicStatistics;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of one topic, or the sums of several, as they are written in answers. */
record TopicFigures(
    long accepted,
    long duplicates,
    long retained,
    long bytes,
    @Nullable Instant firstTimestamp,
    @Nullable Instant lastTimestamp,
    long lastOffset,
    double rate1m) {

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

  /**
   * What the topics add up to that aren't listed, those that have gone included; sums only, so no
   * times or offsets.
   */
  static TopicFigures ofOthers(LogStatistics log, List<TopicStatistics> listed) {
    long accepted = log.accepted();
    long duplicates = log.duplicates();
    long retained = log.retained();
    long bytes = log.retainedBytes();
    double rate1m = log.topicsRate1m();
    for (TopicStatistics topic : listed) {
      accepted -= topic.accepted();
      duplicates -= topic.duplicates();
      retained -= topic.retained();
      bytes -= topic.bytes();
      rate1m -= topic.rate1m();
    }
    // What is left of a difference of decimals may be a little less than nothing.
    return new TopicFigures(
        accepted, duplicates, retained, bytes, null, null, -1, Math.max(0, rate1m));
  }

  /** Whether there were any events. */
  boolean haveCounted() {
    return accepted > 0 || duplicates > 0;
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

  /** Writes an object with a member for each topic. */
  static void writeEach(AnswerChunks answer, List<TopicStatistics> topics, long totalAccepted)
      throws IOException {
    JsonBuffer json = answer.buffer();
    json.put('{');
    String separator = "";
    for (TopicStatistics topic : topics) {
      json.ascii(separator).put('"').ascii(topic.topic().name()).ascii("\":{");
      of(topic).writeMembers(json, totalAccepted);
      json.put('}');
      separator = ",";
      answer.endOfPart();
    }
    json.put('}');
  }

  /** Writes the member {@code system}, unless there are no system topics. */
  static void writeSystem(AnswerChunks answer, List<TopicStatistics> systemTopics)
      throws IOException {
    if (!systemTopics.isEmpty()) {
      answer.buffer().ascii(",\"system\":");
      writeEach(answer, systemTopics, -1);
    }
  }
}
