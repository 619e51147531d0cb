package dev.logaggregator.stats;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The figures of all topics at one moment, for answers that list more of them than usual. With as
 * many topics as there may be, they are megabytes, held for as long as an answer is being taken: so
 * there are {@value #MOST_HELD} of them at a time at most, however many ask. When both are held by
 * slow clients, others get the newer one.
 */
@Component
final class AllTopics {

  private static final int MOST_HELD = 2;

  private final RecentStatistics recent;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Held newest;
  private int held;

  AllTopics(RecentStatistics recent) {
    this.recent = recent;
  }

  /** Figures that somebody is writing; given back when closed. */
  final class Held implements AutoCloseable {

    private final RecentStatistics.Taken taken = recent.take(Integer.MAX_VALUE);
    private int holders;

    RecentStatistics.Taken taken() {
      return taken;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        holders--;
        if (holders == 0) {
          held--;
          newest = newest == this ? null : newest;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** The figures now, as far as they are to be had. */
  Held hold() {
    lock.lock();
    try {
      Held shared = newest;
      if (shared == null || held < MOST_HELD && !recent.isCurrent(shared.taken)) {
        shared = new Held();
        newest = shared;
        held++;
      }
      shared.holders++;
      return shared;
    } finally {
      lock.unlock();
    }
  }
}
