package dev.logaggregator.store;

import dev.logaggregator.event.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The places for topics that are about to come. A batch reserves places for its new topics before
 * it is put in order, since what applies it refuses nothing, and gives them back when it was
 * applied. A topic that several batches bring has one place; so reserved are no more than the
 * batches under way name, whose memory is claimed.
 *
 * <p>So concurrent publishers together don't pass the limit, but for one case: a topic that goes
 * while a batch with more of its events is under way comes again, though another one may have got
 * its place. Beyond the limit are then as many topics as such batches name, until they go.
 *
 * <p>Changed under the store's lock.
 */
final class TopicPlaces {

  private final int maxTopics;
  private final long maxRememberedBytes;

  /** By how many batches each was reserved. */
  private final Map<Topic, Integer> reserved = new HashMap<>();

  /** How many of those that are reserved aren't there now, and what they will take. */
  private int absent;

  private long absentBytes;

  /**
   * @param maxTopics how many there may be, the system's aside
   * @param maxRememberedBytes how much memory those may take whose ids are remembered, and which no
   *     eviction therefore frees
   */
  TopicPlaces(int maxTopics, long maxRememberedBytes) {
    this.maxTopics = maxTopics;
    this.maxRememberedBytes = maxRememberedBytes;
  }

  /**
   * Reserves places.
   *
   * @param topics which aren't there
   * @param there how many topics are
   * @param rememberedBytes what those take whose ids are remembered
   * @throws TooManyTopicsException when there are too few; none was reserved
   */
  void reserve(List<Topic> topics, int there, long rememberedBytes) {
    int more = 0;
    long moreBytes = 0;
    for (Topic topic : topics) {
      if (!reserved.containsKey(topic)) {
        more++;
        moreBytes += TopicLogs.sizeBytes(topic);
      }
    }
    if (more > maxTopics - there - absent) {
      throw TooManyTopicsException.asManyAsAllowed(maxTopics);
    }
    if (more > 0 && rememberedBytes + absentBytes + moreBytes > maxRememberedBytes) {
      throw TooManyTopicsException.asMuchAsFits();
    }
    topics.forEach(topic -> reserved.merge(topic, 1, Integer::sum));
    absent += more;
    absentBytes += moreBytes;
  }

  /** Gives back what was {@link #reserve reserved}. */
  void giveBack(List<Topic> topics, Predicate<Topic> isThere) {
    for (Topic topic : topics) {
      if (reserved.merge(topic, -1, Integer::sum) == 0) {
        reserved.remove(topic);
        if (!isThere.test(topic)) {
          countAbsent(topic, -1);
        }
      }
    }
  }

  /** A topic is there from now on. */
  void came(Topic topic) {
    if (reserved.containsKey(topic)) {
      countAbsent(topic, -1);
    }
  }

  /** A topic isn't there any more. */
  void went(Topic topic) {
    if (reserved.containsKey(topic)) {
      countAbsent(topic, 1);
    }
  }

  private void countAbsent(Topic topic, int more) {
    absent += more;
    absentBytes += (long) more * TopicLogs.sizeBytes(topic);
  }
}
