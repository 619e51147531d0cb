package dev.logaggregator.store;

import dev.logaggregator.store.segment.Segment;
import dev.logaggregator.store.segment.SegmentTopics;
import java.time.Duration;

/**
 * Drops the oldest segments when a bound is exceeded: across topics, by age, whole. Segments are
 * made small enough against the bounds that no more than a sixteenth of what may be kept is lost by
 * that.
 */
final class Retention {

  private static final int SEGMENTS = 16;
  private static final int MAX_SEGMENT_BYTES = 4 << 20;
  private static final int MAX_SEGMENT_EVENTS = 1 << 20;

  private final TopicLogs topics;
  private final long maxBytes;
  private final long maxEvents;
  private final long maxAgeMillis;
  private long retained;

  Retention(RetentionSettings settings, TopicLogs topics) {
    this.topics = topics;
    Long events = settings.maxEvents();
    Duration age = settings.maxAge();
    maxBytes = settings.maxBytesOrDefault();
    maxEvents = events == null ? Long.MAX_VALUE : events;
    maxAgeMillis = age == null ? Long.MAX_VALUE : age.toMillis();
  }

  /** When a segment is full, in bytes before compression. */
  int segmentBytes() {
    return (int) Math.clamp(maxBytes / SEGMENTS, 1, MAX_SEGMENT_BYTES);
  }

  /** When a segment is full, in events. */
  int segmentEvents() {
    return (int) Math.clamp(maxEvents / SEGMENTS, 1, MAX_SEGMENT_EVENTS);
  }

  /** An event came. */
  void appended() {
    retained++;
  }

  /** Events of a topic went, but not their segments. */
  void dropped(long events) {
    retained -= events;
  }

  /** Applies a topic's own bounds. */
  void enforce(TopicLog topic, long nowMillis) {
    long before = topic.retained();
    topic.enforceBounds(nowMillis);
    retained -= before - topic.retained();
  }

  /** Applies the bounds on the whole log's size. */
  void enforceSize(Segments segments) {
    while (segments.sizeBytes() > maxBytes || retained > maxEvents) {
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
    topics.bounded().forEach(topic -> enforce(topic, nowMillis));
    if (maxAgeMillis < Long.MAX_VALUE) {
      Long openSince = segments.openSinceMillis();
      if (openSince != null && nowMillis - openSince > maxAgeMillis / SEGMENTS) {
        segments.roll();
      }
      Segment oldest = segments.oldest();
      while (oldest != null && nowMillis - oldest.lastReceivedMillis() > maxAgeMillis) {
        drop(oldest, segments);
        oldest = segments.oldest();
      }
    }
    return retained != before;
  }

  /** Drops the oldest segments as far as nothing in them is retained. */
  void dropDead(Segments segments) {
    if (retained == 0) {
      segments.roll();
    }
    for (Segment oldest = segments.oldest();
        oldest != null && isDead(oldest);
        oldest = segments.oldest()) {
      drop(oldest, segments);
    }
  }

  private boolean isDead(Segment segment) {
    return retained == 0 || segment.deadEvents() == segment.eventCount();
  }

  private void drop(Segment oldest, Segments segments) {
    SegmentTopics held = oldest.topics();
    for (int i = 0; i < held.count(); i++) {
      TopicLog topic = (TopicLog) held.get(i);
      retained -= topic.evict(held.events(i), held.bytes(i));
    }
    segments.dropOldest();
  }
}
