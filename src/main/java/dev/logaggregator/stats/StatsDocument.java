package dev.logaggregator.stats;

import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.LogStatistics;
import dev.logaggregator.store.ReaderCount;
import dev.logaggregator.store.TopicStatistics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code /stats} as JSON.
 *
 * @param topics those to list
 * @param rates differs when a rate does, as it is written
 * @param top how many topics to list, the rest being folded
 * @param readers how many readers there are of each kind
 */
record StatsDocument(
    LogStatistics log,
    List<TopicStatistics> topics,
    long rates,
    int top,
    SortedMap<String, Long> readers) {

  /** Both kinds are in every answer, whether or not the rooms that have them are there. */
  static SortedMap<String, Long> readers(List<ReaderCount> counts) {
    SortedMap<String, Long> readers = new TreeMap<>(Map.of("streams", 0L, "subscriptions", 0L));
    counts.forEach(count -> readers.put(count.kind(), count.count()));
    return readers;
  }

  /** Names everything in the document but the time that has passed. */
  String tag(String epoch) {
    StringBuilder tag = new StringBuilder("W/\"").append(epoch);
    tag.append('-').append(log.version()).append('-').append(top);
    tag.append('-').append(Long.toHexString(rates));
    readers.values().forEach(count -> tag.append('-').append(count));
    return tag.append('"').toString();
  }

  void write(AnswerChunks answer, EventStore store, Instant now) throws IOException {
    JsonBuffer json = answer.buffer();
    json.ascii("{\"startedAt\":").timestamp(store.startedAt());
    double uptime = Duration.between(store.startedAt(), now).toMillis() / 1e3;
    json.ascii(",\"uptimeSeconds\":").decimal(Math.max(0, uptime), 1);
    json.ascii(",\"epoch\":").string(store.epoch());
    json.ascii(",\"durability\":").string(store.durability().label());
    writeTotals(json);
    json.ascii(",\"topicCount\":").number(log.topicCount());
    json.ascii(",\"topics\":");
    TopicFigures.writeEach(answer, topics, log.accepted());
    int others = log.topicCount() - topics.size();
    TopicFigures figures = TopicFigures.ofOthers(log, topics);
    if (others > 0 || figures.haveCounted()) {
      json.ascii(",\"otherTopics\":{\"topicCount\":").number(others).put(',');
      figures.writeMembers(json, log.accepted());
      json.put('}');
    }
    TopicFigures.writeSystem(answer, log.systemTopics());
    json.ascii(",\"readers\":{");
    String separator = "";
    for (Map.Entry<String, Long> reader : readers.entrySet()) {
      json.ascii(separator).string(reader.getKey()).put(':').number(reader.getValue());
      separator = ",";
    }
    json.ascii("}}");
  }

  private void writeTotals(JsonBuffer json) {
    json.ascii(",\"events\":{\"received\":").number(log.received());
    json.ascii(",\"accepted\":").number(log.accepted());
    json.ascii(",\"duplicates\":").number(log.duplicates());
    json.ascii(",\"rejected\":").number(log.rejected());
    json.ascii(",\"retained\":").number(log.retained());
    json.ascii(",\"evicted\":").number(log.evicted());
    json.ascii("},\"bytes\":{\"received\":").number(log.receivedBytes());
    json.ascii(",\"retained\":").number(log.retainedBytes());
    json.ascii(",\"stored\":").number(log.storedBytes());
    json.ascii("},\"rate\":{\"1s\":").decimal(log.rate1s(), 1);
    json.ascii(",\"1m\":").decimal(log.rate1m(), 1);
    json.ascii(",\"5m\":").decimal(log.rate5m(), 1).put('}');
    if (log.firstOffset() >= 0) {
      json.ascii(",\"firstOffset\":").number(log.firstOffset());
    }
    if (log.lastOffset() >= 0) {
      json.ascii(",\"lastOffset\":").number(log.lastOffset());
    }
  }
}
