package dev.logaggregator.store;

import dev.logaggregator.event.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the log knows of one topic: its number, its counters, and from where on its events are
 * retained. Its events lie in the segments. Changed by the store only, one entry at a time.
 */
final class TopicLog {

  private static final int RATE_SECONDS = 60;

  private final Topic topic;
  private final int number;
  private final @Nullable TopicWindow window;

  private long accepted;
  private long duplicates;
  private long retained;
  private long retainedBytes;
  private long lastOffset = -1;
  private long firstSecond = Long.MAX_VALUE;
  private int firstNano;
  private long lastSecond = Long.MIN_VALUE;
  private int lastNano;

  private long rateWindowStart;
  private int rateCurrent;
  private int ratePrevious;

  private @Nullable TopicStatistics lastStatistics;

  /** Read by readers at any time: smaller offsets of this topic are gone. */
  private volatile long floor;

  /**
   * @param window counts what the topic's own retention may drop; null if it has none
   */
  TopicLog(Topic topic, int number, @Nullable TopicWindow window) {
    this.topic = topic;
    this.number = number;
    this.window = window;
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
    return accepted;
  }

  long duplicates() {
    return duplicates;
  }

  long retained() {
    return retained;
  }

  long retainedBytes() {
    return retainedBytes;
  }

  /** Counts an event that was stored. */
  void accept(long offset, long second, int nano, int bytes, long receivedMillis) {
    accepted++;
    retained++;
    retainedBytes += bytes;
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
    turnRateTo(receivedMillis / 1_000);
    rateCurrent++;
  }

  /** Counts an event that repeats another. */
  void repeat() {
    duplicates++;
  }

  /** Counts the oldest retained events as gone, which retention has dropped with their segment. */
  void evict(long events, long bytes) {
    retained -= events;
    retainedBytes -= bytes;
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
      retained -= gone.events;
      retainedBytes -= gone.bytes;
      floor = gone.lastOffset + 1;
    }
    return floor > floorBefore;
  }

  /** Drops all events; the next one has at least this offset. */
  void deleteBefore(long offset) {
    retained = 0;
    retainedBytes = 0;
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
        && last.accepted() == accepted
        && last.duplicates() == duplicates
        && last.retained() == retained) {
      return last;
    }
    boolean any = accepted > 0;
    lastStatistics =
        new TopicStatistics(
            topic,
            accepted,
            duplicates,
            retained,
            retainedBytes,
            any ? Instant.ofEpochSecond(firstSecond, firstNano) : null,
            any ? Instant.ofEpochSecond(lastSecond, lastNano) : null,
            lastOffset,
            ratePerSecond(nowSecond));
    return lastStatistics;
  }

  /**
   * Events a second over the last minute, from two counters: those of the minute under way, and of
   * the one before by the share of it that still lies within the last sixty seconds.
   */
  private double ratePerSecond(long nowSecond) {
    turnRateTo(nowSecond);
    double shareOfPrevious = (double) (RATE_SECONDS - (nowSecond - rateWindowStart)) / RATE_SECONDS;
    return (rateCurrent + ratePrevious * Math.clamp(shareOfPrevious, 0, 1)) / RATE_SECONDS;
  }

  private void turnRateTo(long second) {
    long windows = (second - rateWindowStart) / RATE_SECONDS;
    // A clock that was set far back begins anew, as one that was set far on.
    if (windows > 0 || windows < -1) {
      ratePrevious = windows == 1 ? rateCurrent : 0;
      rateCurrent = 0;
      rateWindowStart += windows * RATE_SECONDS;
    }
  }
}
