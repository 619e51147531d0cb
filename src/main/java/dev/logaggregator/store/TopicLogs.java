package dev.logaggregator.store;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Topic;
import dev.logaggregator.event.TopicPattern;
import dev.logaggregator.store.RetentionSettings.TopicBounds;
import dev.logaggregator.store.segment.SegmentTopics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All topic logs, by name; changed by the store only, one entry at a time. A topic comes with its
 * first event, and goes when it has neither retained events nor remembered ids. What it takes is
 * freed once no segment refers to it any more, and is counted until then. The totals keep what it
 * had counted.
 */
final class TopicLogs {

  /**
   * A topic log with its name, its map entry, its places in the arrays and the figures of it that
   * were asked for last, as measured with a hundred thousand of them.
   */
  private static final int TOPIC_BYTES = 560;

  private final ConcurrentHashMap<Topic, TopicLog> byName = new ConcurrentHashMap<>();
  private final TopicPlaces places;
  private final Map<TopicPattern, TopicBounds> bounds;
  private final TopicBounds systemBounds;
  private final Set<TopicLog> bounded = new LinkedHashSet<>();
  private final List<TopicLog> system = new ArrayList<>();
  private final TopicRanking ranking = new TopicRanking();
  private final TopicCounters totals = new TopicCounters();
  private final TopicCounters systemTotals = new TopicCounters();

  /** Whether some topic's floor was ever moved; until then no reader needs to look at them. */
  private volatile boolean floors;

  private volatile long floorMoves;

  /** By the numbers that remembered ids have; null where none has the number. */
  private @Nullable TopicLog[] byNumber = {};

  /** Numbers that topics had which have gone. */
  private int[] freeNumbers = {};

  private int freeCount;
  private long sizeBytes;

  /** What those topics take that no eviction frees, since their ids are remembered. */
  private long rememberedBytes;

  /**
   * @param places for those that are to come
   * @param bounds on the topics that a pattern matches
   * @param systemBounds on those of the system's topics that no pattern matches
   */
  TopicLogs(TopicPlaces places, Map<TopicPattern, TopicBounds> bounds, TopicBounds systemBounds) {
    this.places = places;
    this.bounds = Map.copyOf(bounds);
    this.systemBounds = systemBounds;
  }

  /** Memory that a topic takes, about. */
  static int sizeBytes(Topic topic) {
    return TOPIC_BYTES + topic.name().length();
  }

  @Nullable TopicLog get(Topic topic) {
    return byName.get(topic);
  }

  /** Whether an event of a retained segment may be gone all the same. */
  boolean haveFloors() {
    return floors;
  }

  /** How often a floor was moved. */
  long floorMoves() {
    return floorMoves;
  }

  /**
   * Moves a topic's floor.
   *
   * @return how many events are gone by that
   */
  long moveFloor(TopicLog topic, Runnable move) {
    long before = topic.retained();
    // Said before, so that no reader takes an event for retained because nobody ever moved a floor;
    // counted after, so that whoever sees the count sees the floor.
    floors = true;
    move.run();
    floorMoves++;
    long moved = before - topic.retained();
    settle(topic);
    return moved;
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

  /** A segment takes the place of another, which {@link #leave leaves} right after. */
  static void join(SegmentTopics held) {
    for (int i = 0; i < held.count(); i++) {
      ((TopicLog) held.get(i)).join(held.events(i), held.bytes(i));
    }
  }

  /** A segment leaves the log of which nothing is retained, or nothing but what has joined. */
  void leave(SegmentTopics held) {
    for (int i = 0; i < held.count(); i++) {
      TopicLog topic = (TopicLog) held.get(i);
      topic.leave(held.events(i), held.bytes(i));
      settle(topic);
    }
  }

  /**
   * Drops the log's oldest segment.
   *
   * @return how many of its events were retained until now
   */
  long evict(SegmentTopics held) {
    long evicted = 0;
    for (int i = 0; i < held.count(); i++) {
      TopicLog topic = (TopicLog) held.get(i);
      evicted += topic.evict(held.events(i), held.bytes(i));
      settle(topic);
    }
    return evicted;
  }

  /** One more of a topic's ids is remembered. */
  void remembered(TopicLog topic) {
    remember(topic, topic.remembered() + 1);
  }

  /** None of a topic's ids is remembered any more. */
  void forgetAll(TopicLog topic) {
    remember(topic, 0);
  }

  private void remember(TopicLog topic, int ids) {
    if (ids == 0 && topic.remembered() > 0) {
      rememberedBytes -= sizeBytes(topic.topic());
    } else if (ids > 0 && topic.remembered() == 0) {
      rememberedBytes += sizeBytes(topic.topic());
    }
    topic.remembered(ids);
  }

  /** An id is remembered no more: see {@link Deduplication.Listener}. */
  void forgot(int topicNumber, long offset) {
    TopicLog topic = byNumber[topicNumber];
    // Numbers are given again; those who had this one before were there at smaller offsets.
    if (topic != null && offset >= topic.bornAt()) {
      remember(topic, topic.remembered() - 1);
      settle(topic);
    }
  }

  /** A batch was stored: its topics may go as any other. */
  void release(TopicLog[] logs) {
    for (TopicLog topic : logs) {
      topic.use(false);
      settle(topic);
    }
  }

  /**
   * Lets a topic go that has neither events nor remembered ids, and forgets what it takes once no
   * segment refers to it.
   */
  void settle(TopicLog topic) {
    if (!topic.isVacant() || topic.topic().isSystem()) {
      return;
    }
    if (!topic.isGone()) {
      topic.go();
      floorMoves += topic.isHeld() ? 1 : 0;
      byName.remove(topic.topic());
      places.went(topic.topic());
      byNumber[topic.number()] = null;
      freeNumbers[freeCount++] = topic.number();
      bounded.remove(topic);
      ranking.remove();
    }
    if (!topic.isHeld()) {
      sizeBytes -= sizeBytes(topic.topic());
    }
  }

  /** Those with bounds of their own. */
  List<TopicLog> bounded() {
    return List.copyOf(bounded);
  }

  /** Those of a batch's topics for which there must be a place; asked by any thread. */
  List<Topic> missing(EventBatch batch) {
    List<Topic> missing = List.of();
    for (Topic topic : batch.topics()) {
      if (!topic.isSystem() && !byName.containsKey(topic)) {
        missing = missing.isEmpty() ? new ArrayList<>() : missing;
        missing.add(topic);
      }
    }
    return missing;
  }

  /**
   * Reserves places for the topics of a batch that aren't there.
   *
   * @return those topics, to be {@link #giveBack given back}
   * @throws TooManyTopicsException when there are too few places; none was reserved
   */
  List<Topic> reserve(EventBatch batch) {
    List<Topic> missing = missing(batch);
    places.reserve(missing, publicCount(), rememberedBytes);
    return missing;
  }

  /** Gives places back that were reserved, after the batch was applied, or if it never will be. */
  void giveBack(List<Topic> reserved) {
    places.giveBack(reserved, byName::containsKey);
  }

  /**
   * The logs of a batch's topics, in its order; made where they don't exist yet. None of them goes
   * before it is {@link #release released}.
   *
   * @param nextOffset of the batch's first event
   */
  TopicLog[] resolve(EventBatch batch, long nextOffset) {
    List<Topic> topics = batch.topics();
    TopicLog[] logs = new TopicLog[topics.size()];
    for (int i = 0; i < logs.length; i++) {
      TopicLog log = byName.get(topics.get(i));
      logs[i] = log == null ? add(topics.get(i), nextOffset) : log;
      logs[i].use(true);
    }
    return logs;
  }

  private TopicLog add(Topic topic, long nextOffset) {
    List<TopicBounds> matching = new ArrayList<>();
    bounds.forEach(
        (pattern, bound) -> {
          if (pattern.matches(topic)) {
            matching.add(bound);
          }
        });
    if (topic.isSystem() && matching.isEmpty()) {
      matching.add(systemBounds);
    }
    int number = freeCount > 0 ? freeNumbers[--freeCount] : nextNumber();
    TopicLog log =
        new TopicLog(
            topic,
            number,
            nextOffset,
            matching.isEmpty() ? null : new TopicWindow(matching),
            topic.isSystem() ? systemTotals : totals);
    byName.put(topic, log);
    places.came(topic);
    byNumber[number] = log;
    sizeBytes += sizeBytes(topic);
    if (topic.isSystem()) {
      system.add(log);
    } else {
      ranking.add(log);
    }
    if (!matching.isEmpty()) {
      bounded.add(log);
    }
    return log;
  }

  /** A number that none had yet; the arrays have room for it, and for when all are given back. */
  private int nextNumber() {
    int number = byName.size();
    if (number == byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, Math.max(16, number * 2));
      freeNumbers = Arrays.copyOf(freeNumbers, byNumber.length);
    }
    return number;
  }
}
