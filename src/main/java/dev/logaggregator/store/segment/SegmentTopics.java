package dev.logaggregator.store.segment;

import dev.logaggregator.event.Topic;
import dev.logaggregator.event.TopicLookup;

/**
 * The topics that a segment has events of, by number, with how many and how large they are. Arrays,
 * since there may be ten thousands of them.
 */
public final class SegmentTopics implements TopicLookup {

  private final SegmentTopic[] topics;
  private final int[] events;
  private final int[] bytes;
  private final int count;

  /** The arrays may have room for more than {@code count}. */
  SegmentTopics(SegmentTopic[] topics, int[] events, int[] bytes, int count) {
    this.topics = topics;
    this.events = events;
    this.bytes = bytes;
    this.count = count;
  }

  /** How many there are; their numbers are 0 to this less one. */
  public int count() {
    return count;
  }

  /** The topic with that number. */
  public SegmentTopic get(int number) {
    return topics[number];
  }

  @Override
  public Topic topic(int number) {
    return topics[number].topic();
  }

  @Override
  public long floor(int number) {
    return topics[number].floor();
  }

  /** How many events of that topic the segment holds. */
  public int events(int number) {
    return events[number];
  }

  /** Their size before compression. */
  public int bytes(int number) {
    return bytes[number];
  }

  long sizeBytes() {
    return 12L * topics.length + 80;
  }
}
