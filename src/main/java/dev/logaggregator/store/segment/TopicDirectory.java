package dev.logaggregator.store.segment;

import dev.logaggregator.event.Topic;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The topics of a sealed segment, numbered in the order of their hashes so that a name is found.
 */
final class TopicDirectory {

  private static final Comparator<SegmentTopic> ORDER =
      Comparator.<SegmentTopic>comparingInt(each -> each.topic().hashCode())
          .thenComparing(SegmentTopic::topic);

  private final SegmentTopics topics;
  private final int[] hashes;

  private TopicDirectory(SegmentTopics topics) {
    this.topics = topics;
    hashes = IntStream.range(0, topics.count()).map(i -> topics.topic(i).hashCode()).toArray();
  }

  /**
   * Which topics a directory has, in its order, by the numbers that they have in a raw segment.
   *
   * @param events how many events of each are taken over, by that number; none leaves it out
   */
  static int[] order(SegmentTopics raw, int[] events) {
    return IntStream.range(0, raw.count())
        .filter(number -> events[number] > 0)
        .boxed()
        .sorted(Comparator.comparing(raw::get, ORDER))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * The directory of these topics.
   *
   * @param order see {@link #order}
   * @param events how many events of each are taken over, by its number in the raw segment
   * @param bytes how many bytes they have
   */
  static TopicDirectory of(SegmentTopics raw, int[] order, int[] events, int[] bytes) {
    SegmentTopic[] sorted = new SegmentTopic[order.length];
    Arrays.setAll(sorted, number -> raw.get(order[number]));
    return new TopicDirectory(
        new SegmentTopics(
            sorted,
            Arrays.stream(order).map(number -> events[number]).toArray(),
            Arrays.stream(order).map(number -> bytes[number]).toArray(),
            order.length));
  }

  SegmentTopics topics() {
    return topics;
  }

  int size() {
    return topics.count();
  }

  Topic topic(int number) {
    return topics.topic(number);
  }

  /** The number of a topic; negative if there are no events of it. */
  int numberOf(Topic topic) {
    int hash = topic.hashCode();
    int low = 0;
    int high = hashes.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hashes[middle] < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    while (low < hashes.length && hashes[low] == hash && !topics.topic(low).equals(topic)) {
      low++;
    }
    return low < hashes.length && hashes[low] == hash ? low : -1;
  }

  long sizeBytes() {
    return topics.sizeBytes() + 4L * hashes.length + 40;
  }
}
