package dev.logaggregator.subscription;

import dev.logaggregator.worker.OrderedLock;
import java.util.concurrent.locks.Condition;

/** How often a subscription has changed, for those who wait until there is something to do. */
final class Changes {

  private final OrderedLock lock;
  private final Condition changed;
  private long count;

  /**
   * @param lock of the subscription
   */
  Changes(OrderedLock lock) {
    this.lock = lock;
    changed = lock.newCondition();
  }

  /** Notes one, and wakes those who wait. Under the lock. */
  void add() {
    count++;
    changed.signalAll();
  }

  /** How many there were. */
  long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there were more than so many, that long at most. */
  void await(long seen, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (count == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
