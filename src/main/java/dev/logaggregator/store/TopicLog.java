package dev.logaggregator.store;

import dev.logaggregator.event.Topic;
import dev.logaggregator.store.segment.SegmentTopic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the log knows of one topic: its counters, and from where on its events are retained. Its
 * events lie in the segments. Changed by the store only, one entry at a time.
 */
final class TopicLog extends SegmentTopic {

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

  /** The offset that the next event had when the topic came: what lies before was another's. */
  private final long bornAt;

  /** By which the remembered ids refer to it. */
  private final int number;

  private int remembered;
  private boolean inUse;
  private boolean gone;

  /**
   * Events below the floor that segments still hold. What is gone of a topic is always its oldest
   * events, so that these are the oldest that any segment holds of it.
   */
  private long dead;

  private long deadBytes;

  /** Read by readers at any time: smaller offsets of this topic are gone. */
  private volatile long floor;

  /**
   * @param number by which the remembered ids refer to it
   * @param bornAt the offset that the next event will have
   * @param window counts what the topic's own retention may drop; null if it has none
   * @param totals counts the same as this topic, with others
   */
  TopicLog(
      Topic topic, int number, long bornAt, @Nullable TopicWindow window, TopicCounters totals) {
    super(topic);
    this.number = number;
    this.bornAt = bornAt;
    this.window = window;
    this.totals = totals;
  }

  int number() {
    return number;
  }

  /** The offset that the next event had when the topic came. */
  long bornAt() {
    return bornAt;
  }

  /** How many of its ids are remembered. */
  int remembered() {
    return remembered;
  }

  void remembered(int ids) {
    remembered = ids;
  }

  /** Whether it has neither events nor remembered ids, nor is about to get any. */
  boolean isVacant() {
    return own.retained() == 0 && remembered == 0 && !inUse;
  }

  /** Whether a batch that is being stored has events of it. */
  void use(boolean now) {
    inUse = now;
  }

  boolean isGone() {
    return gone;
  }

  /** It gets no more events, and has none: those that segments still hold are below any floor. */
  void go() {
    gone = true;
    floor = Long.MAX_VALUE;
  }

  @Override
  public long floor() {
    return floor;
  }

  @Override
  public int sizeBytes() {
    return TopicLogs.sizeBytes(topic());
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

  /**
   * Counts the events of the oldest segment as gone, which is dropped.
   *
   * @param events how many of this topic the segment held, those below the floor included
   * @return how many of them were retained until now
   */
  long evict(int events, int bytes) {
    leave();
    boolean allDead = events <= dead;
    long evicted = allDead ? 0 : events - dead;
    long evictedBytes = allDead ? 0 : bytes - deadBytes;
    dead -= events - evicted;
    deadBytes -= bytes - evictedBytes;
    drop(evicted, evictedBytes);
    if (window != null) {
      window.dropOldest(evicted, evictedBytes);
    }
    return evicted;
  }

  /**
   * A segment leaves the log, which held so many events of this topic: all below the floor, but for
   * those that a segment has that {@link #join joined} in its place.
   */
  void leave(int events, int bytes) {
    leave();
    dead -= events;
    deadBytes -= bytes;
  }

  /** By its own bounds, all events so far count as received then at the latest. */
  void receivedBy(long millis) {
    if (window != null) {
      window.receivedBy(millis);
    }
  }

  /** A segment takes the place of another that is about to {@link #leave}. */
  void join(int events, int bytes) {
    join();
    dead += events;
    deadBytes += bytes;
  }

  /** Whether segments of the log refer to it. */
  boolean isHeld() {
    return segments() > 0;
  }

  /** Whether the topic's own bounds ask for some of its events to go. */
  boolean exceedsBounds(long nowMillis) {
    return window != null && window.isExpired(nowMillis);
  }

  /** Applies the topic's own bounds. */
  void enforceBounds(long nowMillis) {
    if (window == null) {
      return;
    }
    for (TopicWindow.Chunk gone = window.pollExpired(nowMillis);
        gone != null;
        gone = window.pollExpired(nowMillis)) {
      bury(gone.events, gone.bytes);
      floor = gone.lastOffset + 1;
    }
  }

  /** Drops all events; the next one has at least this offset. */
  void deleteBefore(long offset) {
    bury(own.retained(), own.retainedBytes());
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
            topic(),
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

  /** Counts events as gone whose segments stay. */
  private void bury(long events, long bytes) {
    drop(events, bytes);
    dead += events;
    deadBytes += bytes;
  }

  private void drop(long events, long bytes) {
    own.drop(events, bytes);
    totals.drop(events, bytes);
  }
}
