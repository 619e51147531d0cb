package dev.logaggregator.stats;

import dev.logaggregator.store.TopicStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The topics with the most accepted events, the largest first, and the others.
 *
 * @param largest in order
 * @param others in no order
 */
record TopicRanking(List<TopicStatistics> largest, List<TopicStatistics> others) {

  private static final Comparator<TopicStatistics> LARGEST_FIRST =
      Comparator.comparingLong(TopicStatistics::accepted)
          .reversed()
          .thenComparing(TopicStatistics::topic);

  /**
   * @param count how many to rank; only those are sorted
   */
  static TopicRanking of(List<TopicStatistics> topics, int count) {
    if (count >= topics.size()) {
      return new TopicRanking(topics.stream().sorted(LARGEST_FIRST).toList(), List.of());
    }
    if (count == 0) {
      return new TopicRanking(List.of(), topics);
    }
    List<TopicStatistics> others = new ArrayList<>(topics.size() - count);
    var smallestFirst = new PriorityQueue<>(count + 1, LARGEST_FIRST.reversed());
    for (TopicStatistics topic : topics) {
      smallestFirst.add(topic);
      if (smallestFirst.size() > count) {
        others.add(smallestFirst.remove());
      }
    }
    return new TopicRanking(smallestFirst.stream().sorted(LARGEST_FIRST).toList(), others);
  }
}
