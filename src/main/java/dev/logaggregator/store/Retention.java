package dev.logaggregator.store;

import dev.logaggregator.store.segment.Segment;
import java.time.Duration;

/**
 * Drops the oldest segments when a bound is exceeded: across topics, by age, whole. Segments are
 * made small enough against the bounds that no more than a sixteenth of what may be kept is lost by
 * that, topics that go with their events included.
 */
final class Retention {

  private static final int SEGMENTS = 16;
  private static final int MAX_SEGMENT_BYTES = 4 << 20;
  private static final long MAX_RAW_BYTES = 32L << 20;
  private static final int MAX_SEGMENT_EVENTS = 1 << 20;

  private final TopicLogs topics;
  private final long maxBytes;
  private final long maxEvents;
  private final long maxAgeMillis;
  private long retained;
  private long lastMillis = Long.MIN_VALUE;
  private long setBackBefore;
  private long setBackMillis;

  Retention(RetentionSettings settings, TopicLogs topics) {
    this.topics = topics;
    Long events = settings.maxEvents();
    Duration age = settings.maxAge();
    maxBytes = settings.maxBytesOrDefault();
    maxEvents = events == null ? Long.MAX_VALUE : events;
    maxAgeMillis = age == null ? Long.MAX_VALUE : age.toMillis();
  }

  /** When a segment is full, in bytes before compression, its new topics included. */
  int segmentBytes() {
    return (int) Math.clamp(maxBytes / SEGMENTS, 1, MAX_SEGMENT_BYTES);
  }

  /** How many bytes of segments may wait to be sealed, which take the room of ten sealed ones. */
  long maxRawBytes() {
    return Math.min(maxBytes / 4, MAX_RAW_BYTES);
  }

  /** When a segment is full, in events. */
  int segmentEvents() {
    return (int) Math.clamp(maxEvents / SEGMENTS, 1, MAX_SEGMENT_EVENTS);
  }

  /** An event came. */
  void appended() {
    retained++;
  }

  /** Applies a topic's own bounds. */
  void enforce(TopicLog topic, long nowMillis) {
    if (topic.exceedsBounds(nowMillis)) {
      retained -= topics.moveFloor(topic, () -> topic.enforceBounds(nowMillis));
    }
  }

  /** Drops all of a topic's events so far. */
  void delete(TopicLog topic, long nextOffset) {
    retained -= topics.moveFloor(topic, () -> topic.deleteBefore(nextOffset));
  }

  /** Applies the bounds on the whole log's size, that of its topics included. */
  void enforceSize(Segments segments) {
    while (segments.sizeBytes() + topics.sizeBytes() > maxBytes || retained > maxEvents) {
      if (segments.oldest() == null) {
        segments.roll();
      }
      Segment oldest = segments.oldest();
      if (oldest == null) {
        return;
      }
      drop(oldest, segments);
    }
  }

  /** Drops what is too old; returns whether anything was. */
  boolean enforceAge(Segments segments, long nowMillis) {
    long before = retained;
    noteIfSetBack(segments, nowMillis);
    topics.bounded().forEach(topic -> enforce(topic, nowMillis));
    if (maxAgeMillis < Long.MAX_VALUE) {
      Long openSince = segments.openSinceMillis();
      if (openSince != null && nowMillis - openSince > maxAgeMillis / SEGMENTS) {
        segments.roll();
      }
      Segment oldest = segments.oldest();
      while (oldest != null && nowMillis - receivedMillis(oldest) > maxAgeMillis) {
        drop(oldest, segments);
        oldest = segments.oldest();
      }
    }
    return retained != before;
  }

  /**
   * When a clock is set back, what came before seems to have come in the future, and would stay
   * until then: all that is there counts as received now at the latest.
   */
  private void noteIfSetBack(Segments segments, long nowMillis) {
    Segment oldest = segments.oldest();
    Long openSince = segments.openSinceMillis();
    if (nowMillis < lastMillis
        || (oldest != null && nowMillis < receivedMillis(oldest))
        || (openSince != null && nowMillis < openSince)) {
      segments.roll();
      setBackBefore = segments.nextOffset();
      setBackMillis = nowMillis;
      topics.bounded().forEach(topic -> topic.receivedBy(nowMillis));
    }
    lastMillis = nowMillis;
  }

  private long receivedMillis(Segment segment) {
    long received = segment.lastReceivedMillis();
    return segment.baseOffset() < setBackBefore ? Math.min(received, setBackMillis) : received;
  }

  /** Whether no event is retained. */
  boolean isEmpty() {
    return retained == 0;
  }

  private void drop(Segment oldest, Segments segments) {
    retained -= topics.evict(oldest.topics());
    segments.dropOldest();
  }
}
