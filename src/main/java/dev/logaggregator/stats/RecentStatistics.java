package dev.logaggregator.stats;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.LogStatistics;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The log's figures, taken anew only when they may have changed: for those who ask every second
 * whether there is anything new, most often there isn't, and a hundred thousand topics are many to
 * look at to find that out.
 *
 * <p>As long as the version is the same, nothing changes but rates, which sink. Once they are
 * nothing they stay so, and until then figures of the last moment are good enough.
 */
@Component
class RecentStatistics {

  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private record Taken(LogStatistics statistics, long atNanos) {}

  private final EventStore store;
  private volatile @Nullable Taken last;

  RecentStatistics(EventStore store) {
    this.store = store;
  }

  LogStatistics get() {
    Taken taken = last;
    long now = System.nanoTime();
    if (taken != null
        && taken.statistics.version() == store.version()
        && (isQuiet(taken.statistics) || now - taken.atNanos < MOMENT_NANOS)) {
      return taken.statistics;
    }
    LogStatistics statistics = store.statistics();
    last = new Taken(statistics, now);
    return statistics;
  }

  private static boolean isQuiet(LogStatistics statistics) {
    return statistics.rate1s() == 0 && statistics.rate1m() == 0 && statistics.rate5m() == 0;
  }
}
