package dev.logaggregator.store;

import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Sealer;
import dev.logaggregator.store.segment.Segment;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals segments one after the other, off the publishers' path. When publishers are faster than
 * that for long, they wait: raw segments would take the room of ten sealed ones.
 */
final class SealingQueue implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SealingQueue.class);

  /** Raw segments that may wait: some tens of megabytes, some tens of milliseconds of work. */
  private static final int MAX_WAITING = 8;

  private final BiConsumer<Segment, SealedSegment> sealed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Segment> waiting = new ArrayDeque<>();
  private @Nullable Thread worker;
  private volatile int backlog;
  private boolean closed;

  /**
   * @param sealed is told of each segment and its sealed form
   */
  SealingQueue(BiConsumer<Segment, SealedSegment> sealed) {
    this.sealed = sealed;
  }

  /** Adds a segment: a raw one, or a sealed one of which much is gone. Never waits. */
  void add(Segment segment) {
    lock.lock();
    try {
      waiting.add(segment);
      if (worker == null) {
        worker = Thread.ofPlatform().name("sealer").daemon().start(this::work);
      }
      backlog = waiting.size();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until not too many are waiting. To be called without holding a lock. */
  void awaitRoom() {
    if (backlog <= MAX_WAITING) {
      return;
    }
    lock.lock();
    try {
      while (backlog > MAX_WAITING && !closed) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes the sealer here: its native library takes time to load, which no start should wait for.
   */
  private void work() {
    try (Sealer sealer = new Sealer()) {
      for (Segment next = take(); next != null; next = take()) {
        sealed.accept(next, sealer.seal(raw(next)));
      }
    } catch (RuntimeException | Error failure) {
      log.error("Sealing failed: segments stay uncompressed from now on", failure);
      close();
    }
  }

  private RawSegment raw(Segment segment) {
    return switch (segment) {
      case RawSegment raw -> raw;
      case SealedSegment packed -> packed.unpack();
    };
  }

  private @Nullable Segment take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      Segment next = closed ? null : waiting.remove();
      backlog = waiting.size();
      changed.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the worker after the segment that it is at. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
