package dev.logaggregator.stats;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.LogStatistics;
import dev.logaggregator.store.TopicStatistics;
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

  /**
   * Figures of one moment.
   *
   * @param rates differs when a rate does, as it is written; 0 when all are nothing
   */
  record Taken(LogStatistics statistics, long rates, long atNanos) {}

  private final EventStore store;
  private final Map<Integer, Taken> lastByTop = new ConcurrentHashMap<>();

  RecentStatistics(EventStore store) {
    this.store = store;
  }

  /** The figures, with those of so many topics. */
  Taken get(int top) {
    Taken taken = lastByTop.get(top);
    long now = System.nanoTime();
    if (taken != null
        && taken.statistics.version() == store.version()
        && (taken.rates == 0 || now - taken.atNanos < MOMENT_NANOS)) {
      return taken;
    }
    LogStatistics statistics = store.statistics(top);
    taken = new Taken(statistics, rates(statistics), now);
    if (lastByTop.size() >= MOST_KEPT) {
      lastByTop.clear();
    }
    lastByTop.put(top, taken);
    return taken;
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
