package dev.logaggregator.stats;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.LogStatistics;
import dev.logaggregator.store.TopicStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * The log's figures, taken anew only when they may have changed: for those who ask every second
 * whether there is anything new, most often there isn't.
 *
 * <p>As long as the version is the same, nothing changes but rates, which sink. Once they are
 * nothing they stay so, and until then figures of the last moment are good enough.
 */
@Component
class RecentStatistics {

  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Those who poll ask for one or two numbers of topics. */
  private static final int MOST_KEPT = 8;

  /** Figures of more topics are shared by those that hold them, see {@link AllTopics}. */
  static final int MOST_TOPICS = 1_000;

  private static final Comparator<TopicStatistics> LARGEST_FIRST =
      Comparator.comparingLong(TopicStatistics::accepted)
          .reversed()
          .thenComparing(TopicStatistics::topic);

  /**
   * Figures of one moment.
   *
   * @param topics those of the statistics, the largest first, equal ones by name
   * @param rates differs when a rate does, as it is written; 0 when all are nothing
   */
  record Taken(LogStatistics statistics, List<TopicStatistics> topics, long rates, long atNanos) {}

  private final EventStore store;
  private final Map<Integer, Taken> lastByTop = new ConcurrentHashMap<>();

  RecentStatistics(EventStore store) {
    this.store = store;
  }

  /**
   * The figures, with those of so many topics.
   *
   * @param top {@value #MOST_TOPICS} at most: what is kept is bounded
   */
  Taken get(int top) {
    if (top > MOST_TOPICS) {
      throw new IllegalArgumentException("too many topics to keep: " + top);
    }
    Taken taken = lastByTop.get(top);
    if (taken != null && isCurrent(taken)) {
      return taken;
    }
    taken = take(top);
    if (lastByTop.size() >= MOST_KEPT) {
      lastByTop.clear();
    }
    lastByTop.put(top, taken);
    return taken;
  }

  /** Whether they could be taken again and be the same. */
  boolean isCurrent(Taken taken) {
    return taken.statistics.version() == store.version()
        && (taken.rates == 0 || System.nanoTime() - taken.atNanos < MOMENT_NANOS);
  }

  /** Takes the figures, with those of so many topics, and doesn't keep them. */
  Taken take(int top) {
    long now = System.nanoTime();
    LogStatistics statistics = store.statistics(top);
    List<TopicStatistics> topics = new ArrayList<>(statistics.topics());
    topics.sort(LARGEST_FIRST);
    return new Taken(statistics, topics, rates(statistics), now);
  }

  private static long rates(LogStatistics statistics) {
    long rates = tenths(statistics.rate1s());
    rates = rates * 31 + tenths(statistics.rate1m());
    rates = rates * 31 + tenths(statistics.rate5m());
    rates = rates * 31 + tenths(statistics.topicsRate1m());
    for (TopicStatistics topic : statistics.topics()) {
      rates = rates * 31 + tenths(topic.rate1m());
    }
    for (TopicStatistics topic : statistics.systemTopics()) {
      rates = rates * 31 + tenths(topic.rate1m());
    }
    return rates;
  }

  private static long tenths(double rate) {
    return (long) Math.rint(rate * 10);
  }
}
