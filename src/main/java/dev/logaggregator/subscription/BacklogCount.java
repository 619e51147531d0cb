package dev.logaggregator.subscription;

import dev.logaggregator.worker.OrderedLock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's backlog, as those see it who count it and who wait for that: each method takes
 * the subscription's lock for a moment.
 */
final class BacklogCount {

  private final OrderedLock lock;
  private final Condition counted;
  private final OffsetRanges done;
  private final LogCursor cursor;
  private final AtomicBoolean isWanted = new AtomicBoolean();
  private volatile boolean closed;

  BacklogCount(OrderedLock lock, OffsetRanges done, LogCursor cursor) {
    this.lock = lock;
    this.done = done;
    this.cursor = cursor;
    counted = lock.newCondition();
  }

  /** Whether it is to be counted from now on, and wasn't. */
  boolean begin() {
    return !closed && isWanted.compareAndSet(false, true);
  }

  /** It needn't be counted any further for now. */
  void end() {
    isWanted.set(false);
  }

  /** Takes part in counting. */
  <T extends @Nullable Object> T count(BiFunction<Backlog, Slice, T> action) {
    lock.lock();
    try {
      long position = cursor.position();
      T result =
          action.apply(
              cursor.backlog(), new Slice(position, 1, done.after(position), cursor.moves(), 0));
      counted.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is counted up to a watermark, that long at most. */
  void await(long watermark, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!closed && left > 0 && !isComplete(watermark)) {
        left = counted.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isComplete(long watermark) {
    Backlog backlog = cursor.backlog();
    return backlog.countedTo() >= watermark - 1 && !backlog.lacksFirst();
  }

  /** Nobody counts it any more, as the subscription is gone. Under the lock. */
  void close() {
    closed = true;
    counted.signalAll();
  }
}
