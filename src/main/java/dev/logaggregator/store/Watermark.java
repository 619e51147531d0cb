package dev.logaggregator.store;

import dev.logaggregator.worker.LockRank;
import dev.logaggregator.worker.OrderedLock;
import dev.logaggregator.worker.Worker;
import dev.logaggregator.worker.Workers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes readers when there is something to read. The publisher's part is to wake one thread at
 * most; that one wakes the readers, as often as it comes round to it, so that a thousand of them
 * cost a publisher no more than one.
 */
final class Watermark implements AutoCloseable {

  private final Workers workers;
  private final OrderedLock lock = new OrderedLock(LockRank.WATERMARK);
  private final Condition moved = lock.newCondition();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile @Nullable Worker waker;
  private volatile long value;
  private volatile boolean pending;
  private volatile boolean closed;

  Watermark(Workers workers) {
    this.workers = workers;
  }

  long value() {
    return value;
  }

  /** Moves it. One thread at a time. */
  void advance(long to) {
    value = to;
    // A waiter that hasn't started the waker yet looks at the value after it has.
    Worker started = waker;
    if (waiting.get() > 0 && !pending && started != null) {
      pending = true;
      LockSupport.unpark(started.thread());
    }
  }

  /** Waits until it is beyond that; false after the timeout or when closed. */
  boolean awaitBeyond(long seen, Duration timeout) throws InterruptedException {
    if (value > seen) {
      return true;
    }
    long nanos = timeout.toNanos();
    lock.lockInterruptibly();
    waiting.incrementAndGet();
    try {
      if (waker == null) {
        waker =
            workers.start(
                "watermark", Thread.ofPlatform().name("watermark").daemon(), this::wakeReaders);
      }
      while (value <= seen && !closed && nanos > 0) {
        nanos = moved.awaitNanos(nanos);
      }
      return value > seen;
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }

  private void wakeReaders() {
    // Begun again after a failure, it may have been about to wake somebody.
    pending = true;
    while (!closed) {
      if (!pending) {
        LockSupport.park(this);
      }
      pending = false;
      signalAll();
    }
    signalAll();
  }

  private void signalAll() {
    lock.lock();
    try {
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting. */
  @Override
  public void close() {
    closed = true;
    Worker started = waker;
    if (started != null) {
      started.end();
    }
    signalAll();
  }
}
