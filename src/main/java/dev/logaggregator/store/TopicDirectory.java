package dev.logaggregator.store;

import dev.logaggregator.event.Topic;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which topics a sealed segment has events of, in the order of their numbers, and how many. Arrays,
 * since a segment may have events of ten thousand topics.
 */
final class TopicDirectory {

  private final TopicLogs topics;
  private final int[] numbers;
  private final int[] events;
  private final int[] bytes;

  /**
   * @param eventsByNumber how many events of each topic of the log, 0 for most
   * @param bytesByNumber how many bytes they have
   */
  TopicDirectory(TopicLogs topics, int[] eventsByNumber, int[] bytesByNumber) {
    this.topics = topics;
    numbers =
        IntStream.range(0, eventsByNumber.length)
            .filter(number -> eventsByNumber[number] > 0)
            .toArray();
    events = Arrays.stream(numbers).map(number -> eventsByNumber[number]).toArray();
    bytes = Arrays.stream(numbers).map(number -> bytesByNumber[number]).toArray();
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
}
