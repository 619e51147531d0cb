package dev.logaggregator.store;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Topic;
import dev.logaggregator.event.TopicPattern;
import dev.logaggregator.store.RetentionSettings.TopicBounds;
import dev.logaggregator.store.segment.SegmentTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All topic logs, by name. Added to by the store only, one entry at a time. */
final class TopicLogs {

  /** A topic log with its name, its map entry and its places in the arrays, as measured. */
  private static final int TOPIC_BYTES = 328;

  private final ConcurrentHashMap<Topic, TopicLog> byName = new ConcurrentHashMap<>();
  private final int maxTopics;
  private final Map<TopicPattern, TopicBounds> bounds;
  private final List<TopicLog> bounded = new ArrayList<>();
  private final List<TopicLog> system = new ArrayList<>();
  private final TopicRanking ranking = new TopicRanking();
  private final TopicCounters totals = new TopicCounters();
  private final TopicCounters systemTotals = new TopicCounters();

  /** Whether some topic's floor was ever moved; until then no reader needs to look at them. */
  private volatile boolean floors;

  private long sizeBytes;

  TopicLogs(int maxTopics, Map<TopicPattern, TopicBounds> bounds) {
    this.maxTopics = maxTopics;
    this.bounds = Map.copyOf(bounds);
  }

  @Nullable TopicLog get(Topic topic) {
    return byName.get(topic);
  }

  /** Whether an event of a retained segment may be gone all the same. */
  boolean haveFloors() {
    return floors;
  }

  /** To be said before the first floor moves. */
  void expectFloors() {
    floors = true;
  }

  /** How many topics there are that aren't the system's. */
  int publicCount() {
    return byName.size() - system.size();
  }

  /** Memory that they take, about. */
  long sizeBytes() {
    return sizeBytes;
  }

  /** The system's topics. */
  List<TopicLog> system() {
    return system;
  }

  /** The sums over all topics but the system's. */
  TopicCounters totals() {
    return totals;
  }

  /** The topics but the system's that have the most accepted events, the largest first. */
  List<TopicLog> largest(int atMost) {
    return ranking.largest(atMost);
  }

  /** A topic has got events, which its place among the others follows. */
  void grown(TopicLog topic) {
    if (!topic.topic().isSystem()) {
      ranking.rise(topic);
    }
  }

  /**
   * Takes what a segment held, or no longer holds, off the events below the floors.
   *
   * @param times 1, or -1 to add them
   */
  static void removeDead(SegmentTopics held, int times) {
    for (int i = 0; i < held.count(); i++) {
      ((TopicLog) held.get(i))
          .removeDead((long) times * held.events(i), (long) times * held.bytes(i));
    }
  }

  /** Those with bounds of their own. */
  List<TopicLog> bounded() {
    return bounded;
  }

  /**
   * The logs of a batch's topics, in its order; made where they don't exist yet.
   *
   * @throws TooManyTopicsException before any was made
   */
  TopicLog[] resolve(EventBatch batch) {
    List<Topic> topics = batch.topics();
    TopicLog[] logs = new TopicLog[topics.size()];
    int missing = 0;
    for (int i = 0; i < logs.length; i++) {
      TopicLog log = byName.get(topics.get(i));
      if (log != null) {
        logs[i] = log;
      } else if (!topics.get(i).isSystem()) {
        missing++;
      }
    }
    if (missing > maxTopics - publicCount()) {
      throw new TooManyTopicsException(maxTopics);
    }
    for (int i = 0; i < logs.length; i++) {
      if (logs[i] == null) {
        logs[i] = add(topics.get(i));
      }
    }
    return logs;
  }

  private TopicLog add(Topic topic) {
    List<TopicBounds> matching = new ArrayList<>();
    bounds.forEach(
        (pattern, bound) -> {
          if (pattern.matches(topic)) {
            matching.add(bound);
          }
        });
    TopicLog log =
        new TopicLog(
            topic,
            matching.isEmpty() ? null : new TopicWindow(matching),
            topic.isSystem() ? systemTotals : totals);
    byName.put(topic, log);
    sizeBytes += TOPIC_BYTES + topic.name().length();
    if (topic.isSystem()) {
      system.add(log);
    } else {
      ranking.add(log);
    }
    if (!matching.isEmpty()) {
      bounded.add(log);
      expectFloors();
    }
    return log;
  }
}
