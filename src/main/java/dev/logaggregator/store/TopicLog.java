package dev.logaggregator.store;

import dev.logaggregator.event.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the log knows of one topic: its number, its counters, and from where on its events are
 * retained. Its events lie in the segments. Changed by the store only, one entry at a time.
 */
final class TopicLog {

  private final Topic topic;
  private final int number;
  private final @Nullable TopicWindow window;
  private final TopicCounters own = new TopicCounters();
  private final TopicCounters totals;

  private long lastOffset = -1;
  private long firstSecond = Long.MAX_VALUE;
  private int firstNano;
  private long lastSecond = Long.MIN_VALUE;
  private int lastNano;

  private int rank;
  private long rankedAccepted;

  private @Nullable TopicStatistics lastStatistics;

  /** Read by readers at any time: smaller offsets of this topic are gone. */
  private volatile long floor;

  /**
   * @param window counts what the topic's own retention may drop; null if it has none
   * @param totals counts the same as this topic, with others
   */
  TopicLog(Topic topic, int number, @Nullable TopicWindow window, TopicCounters totals) {
    this.topic = topic;
    this.number = number;
    this.window = window;
    this.totals = totals;
  }

  Topic topic() {
    return topic;
  }

  int number() {
    return number;
  }

  long floor() {
    return floor;
  }

  long accepted() {
    return own.accepted();
  }

  long duplicates() {
    return own.duplicates();
  }

  long retained() {
    return own.retained();
  }

  long retainedBytes() {
    return own.retainedBytes();
  }

  /** The place among the topics, for {@link TopicRanking}, which keeps it. */
  int rank() {
    return rank;
  }

  void rank(int place) {
    rank = place;
  }

  /** How many events the topic had when it was ranked last. */
  long rankedAccepted() {
    return rankedAccepted;
  }

  void rankAccepted() {
    rankedAccepted = own.accepted();
  }

  /** Counts an event that was stored. */
  void accept(long offset, long second, int nano, int bytes, long receivedMillis) {
    lastOffset = offset;
    if (second < firstSecond || (second == firstSecond && nano < firstNano)) {
      firstSecond = second;
      firstNano = nano;
    }
    if (second > lastSecond || (second == lastSecond && nano > lastNano)) {
      lastSecond = second;
      lastNano = nano;
    }
    if (window != null) {
      window.add(offset, bytes, receivedMillis);
    }
    long receivedSecond = receivedMillis / 1_000;
    own.accept(bytes, receivedSecond);
    totals.accept(bytes, receivedSecond);
  }

  /** Counts an event that repeats another. */
  void repeat() {
    own.repeat();
    totals.repeat();
  }

  /** Counts the oldest retained events as gone, which retention has dropped with their segment. */
  void evict(long events, long bytes) {
    drop(events, bytes);
    if (window != null) {
      window.dropOldest(events, bytes);
    }
  }

  /** Applies the topic's own bounds; returns whether events were dropped by them. */
  boolean enforceBounds(long nowMillis) {
    if (window == null) {
      return false;
    }
    long floorBefore = floor;
    for (TopicWindow.Chunk gone = window.pollExpired(nowMillis);
        gone != null;
        gone = window.pollExpired(nowMillis)) {
      drop(gone.events, gone.bytes);
      floor = gone.lastOffset + 1;
    }
    return floor > floorBefore;
  }

  /** Drops all events; the next one has at least this offset. */
  void deleteBefore(long offset) {
    drop(own.retained(), own.retainedBytes());
    floor = offset;
    if (window != null) {
      window.clear();
    }
  }

  /** The figures as of that second; those of last time while nothing has changed. */
  TopicStatistics statistics(long nowSecond) {
    TopicStatistics last = lastStatistics;
    if (last != null
        && last.rate1m() == 0
        && last.accepted() == own.accepted()
        && last.duplicates() == own.duplicates()
        && last.retained() == own.retained()) {
      return last;
    }
    boolean any = own.accepted() > 0;
    lastStatistics =
        new TopicStatistics(
            topic,
            own.accepted(),
            own.duplicates(),
            own.retained(),
            own.retainedBytes(),
            any ? Instant.ofEpochSecond(firstSecond, firstNano) : null,
            any ? Instant.ofEpochSecond(lastSecond, lastNano) : null,
            lastOffset,
            own.rate1m(nowSecond));
    return lastStatistics;
  }

  private void drop(long events, long bytes) {
    own.drop(events, bytes);
    totals.drop(events, bytes);
  }
}
