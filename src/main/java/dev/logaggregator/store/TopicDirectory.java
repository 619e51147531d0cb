package dev.logaggregator.store;

import dev.logaggregator.event.Topic;
import java.util.Arrays;

/**
 * Which topics a sealed segment has events of, in the order of their numbers, and how many. Arrays,
 * since a segment may have events of ten thousand topics.
 */
final class TopicDirectory {

  private final TopicLogs topics;
  private final int[] numbers;
  private final int[] events;
  private final int[] bytes;

  private TopicDirectory(Builder builder) {
    topics = builder.topics;
    numbers = Arrays.copyOf(builder.numbers, builder.count);
    events = Arrays.copyOf(builder.events, builder.count);
    bytes = Arrays.copyOf(builder.bytes, builder.count);
  }

  int size() {
    return numbers.length;
  }

  int number(int index) {
    return numbers[index];
  }

  Topic topic(int index) {
    return topics.topic(numbers[index]);
  }

  /** The index of a topic; negative if there are no events of it. */
  int indexOf(Topic topic) {
    TopicLog log = topics.get(topic);
    return log == null ? -1 : Arrays.binarySearch(numbers, log.number());
  }

  int events(int index) {
    return events[index];
  }

  int bytes(int index) {
    return bytes[index];
  }

  long sizeBytes() {
    return 12L * numbers.length + 80;
  }

  /** Counts events that come in the order of their topics' numbers. */
  static final class Builder {

    private final TopicLogs topics;
    private int[] numbers = new int[4];
    private int[] events = new int[4];
    private int[] bytes = new int[4];
    private int count;

    Builder(TopicLogs topics) {
      this.topics = topics;
    }

    /** Counts an event; returns the index of its topic. */
    int add(int number, int size) {
      if (count == 0 || numbers[count - 1] != number) {
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, count * 2);
          events = Arrays.copyOf(events, count * 2);
          bytes = Arrays.copyOf(bytes, count * 2);
        }
        numbers[count++] = number;
      }
      events[count - 1]++;
      bytes[count - 1] += size;
      return count - 1;
    }

    TopicDirectory build() {
      return new TopicDirectory(this);
    }
  }
}
