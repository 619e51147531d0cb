package dev.logaggregator.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Topics by accepted events, the largest first, kept in that order while they grow: so the largest
 * are known at once, however many there are. Not thread-safe.
 */
final class TopicRanking {

  private static final int FIRST_CAPACITY = 16;

  private TopicLog[] ranked = new TopicLog[FIRST_CAPACITY];
  private int count;

  /** Topics that have gone, which keep their places until there are many. */
  private int gone;

  /** Adds a topic without events. */
  void add(TopicLog topic) {
    if (count == ranked.length) {
      ranked = Arrays.copyOf(ranked, count * 2);
    }
    place(topic, count++);
  }

  /** The largest so many, in order. */
  List<TopicLog> largest(int atMost) {
    List<TopicLog> largest = new ArrayList<>(Math.min(atMost, count - gone));
    for (int rank = 0; rank < count && largest.size() < atMost; rank++) {
      if (!ranked[rank].isGone()) {
        largest.add(ranked[rank]);
      }
    }
    return largest;
  }

  /** Leaves out a topic that has gone. All are moved up once as many have gone as are left. */
  void remove() {
    gone++;
    if (gone * 2 < count) {
      return;
    }
    int kept = 0;
    for (int rank = 0; rank < count; rank++) {
      if (!ranked[rank].isGone()) {
        place(ranked[rank], kept++);
      }
    }
    ranked = Arrays.copyOf(ranked, Math.max(FIRST_CAPACITY, kept * 2));
    Arrays.fill(ranked, kept, ranked.length, null);
    count = kept;
    gone = 0;
  }

  /**
   * Puts a topic that has grown in its place: over and over it changes places with the first of
   * those that are just larger than it was, which leaves all others in order.
   */
  void rise(TopicLog topic) {
    topic.rankAccepted();
    int rank = topic.rank();
    while (rank > 0 && ranked[rank - 1].rankedAccepted() < topic.rankedAccepted()) {
      int first = firstWith(ranked[rank - 1].rankedAccepted(), rank - 1);
      place(ranked[first], rank);
      place(topic, first);
      rank = first;
    }
  }

  private void place(TopicLog topic, int rank) {
    ranked[rank] = topic;
    topic.rank(rank);
  }

  /** The smallest rank of a topic with so many events, given that the one at this rank has. */
  private int firstWith(long accepted, int last) {
    int low = 0;
    int high = last;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranked[middle].rankedAccepted() > accepted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
