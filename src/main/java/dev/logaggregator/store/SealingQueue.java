package dev.logaggregator.store;

import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Sealer;
import dev.logaggregator.store.segment.Segment;
import dev.logaggregator.worker.LockRank;
import dev.logaggregator.worker.OrderedLock;
import dev.logaggregator.worker.Worker;
import dev.logaggregator.worker.Workers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Seals segments one after the other, off the publishers' path.
 *
 * <p>Raw segments would take the room of ten sealed ones, so that only so many bytes of them may
 * wait: publishers that are faster than the sealer for long wait before they publish, for a bounded
 * time, and are refused then. While the sealer fails they are refused at once, until it succeeds
 * again. A single segment that can't be sealed is tried a few times and then stays as it is: it
 * counts with its full size, until retention drops it as any other.
 *
 * <p>Sealed segments of which much is gone are packed anew when no raw one waits, a few at a time,
 * and hold up nobody.
 */
final class SealingQueue implements AutoCloseable {

  private static final int ATTEMPTS = 3;
  private static final int MAX_REPACKS = 8;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

  /**
   * How the queue sees the log.
   *
   * @param holds whether a segment hasn't been dropped meanwhile
   * @param replace puts a segment's sealed form in its place
   */
  record Log(Predicate<Segment> holds, BiConsumer<Segment, SealedSegment> replace) {}

  private final Log log;
  private final Workers workers;
  private final Supplier<Sealer> sealers;
  private final long maxWaitingBytes;
  private final OrderedLock lock = new OrderedLock(LockRank.SEALING);
  private final Condition changed = lock.newCondition();
  private final Deque<Segment> raw = new ArrayDeque<>();
  private final Deque<Segment> repacks = new ArrayDeque<>();

  /** Those that couldn't be sealed, as long as anybody else holds them. */
  private final Set<Segment> unsealable = Collections.newSetFromMap(new WeakHashMap<>());

  private @Nullable Worker worker;
  private int attempts;
  private volatile long waitingBytes;
  private boolean closed;

  /**
   * @param sealers makes one, in the thread that will use it: its native library takes time to
   *     load, which no start should wait for
   * @param maxWaitingBytes how much may wait to be sealed
   */
  SealingQueue(Log log, Workers workers, Supplier<Sealer> sealers, long maxWaitingBytes) {
    this.log = log;
    this.workers = workers;
    this.sealers = sealers;
    this.maxWaitingBytes = maxWaitingBytes;
  }

  /** Adds a segment that is full. Never waits. */
  void add(RawSegment segment) {
    lock.lock();
    try {
      enqueue(segment, raw);
      waitingBytes += segment.sizeBytes();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a segment of which much is gone, once; false when too many wait already. Never waits. */
  boolean repack(SealedSegment segment) {
    lock.lock();
    try {
      if (repacks.contains(segment) || unsealable.contains(segment)) {
        return true;
      }
      if (repacks.size() >= MAX_REPACKS) {
        return false;
      }
      enqueue(segment, repacks);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(Segment segment, Deque<Segment> queue) {
    queue.add(segment);
    if (worker == null) {
      worker = workers.start("sealer", Thread.ofPlatform().name("sealer").daemon(), this::work);
    }
    changed.signalAll();
  }

  /**
   * Waits while too much waits to be sealed. To be called before publishing, without holding a lock.
   *
   * @throws StoreUnavailableException when that takes too long or can't be expected to end
   */
  void awaitRoom() {
    if (waitingBytes <= maxWaitingBytes) {
      return;
    }
    assert OrderedLock.noneHeld() : "who waits for the sealer must not hold up others";
    lock.lock();
    try {
      long nanos = PATIENCE_NANOS;
      while (waitingBytes > maxWaitingBytes && !closed) {
        if (isFailing()) {
          throw new StoreUnavailableException(
              "what was published can't be compressed at the moment, and there is no room for more",
              null);
        }
        if (nanos <= 0) {
          throw new StoreUnavailableException(
              "events came faster than they can be compressed, for "
                  + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS)
                  + " s",
              null);
        }
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for room", e);
    } finally {
      lock.unlock();
    }
  }

  /** Whether publishers are refused because the sealer fails. */
  boolean isStuck() {
    return waitingBytes > maxWaitingBytes && isFailing();
  }

  private boolean isFailing() {
    Worker started = worker;
    return started != null && started.isFailing();
  }

  /** How many segments could not be sealed and are in the log as they were. */
  int unsealable() {
    lock.lock();
    try {
      unsealable.removeIf(segment -> !log.holds.test(segment));
      return unsealable.size();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try (Sealer sealer = sealers.get()) {
      for (Segment next = next(); next != null; next = next()) {
        try {
          log.replace.accept(next, sealer.seal(unpacked(next)));
        } catch (RuntimeException | Error failure) {
          failed(next);
          throw failure;
        }
        remove(next);
      }
    }
  }

  private static RawSegment unpacked(Segment segment) {
    return switch (segment) {
      case RawSegment raw -> raw;
      case SealedSegment packed -> packed.unpack();
    };
  }

  /** The next one, which stays in the queue while it is sealed; null when closed. */
  private @Nullable Segment next() {
    lock.lock();
    try {
      while (!closed) {
        Segment next = raw.isEmpty() ? repacks.peek() : raw.peek();
        if (next == null) {
          changed.awaitUninterruptibly();
        } else if (log.holds.test(next)) {
          return next;
        } else {
          drop(next);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void failed(Segment segment) {
    lock.lock();
    try {
      attempts++;
      if (attempts >= ATTEMPTS) {
        unsealable.add(segment);
        drop(segment);
      }
      // Those who wait should know that they would wait in vain.
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void remove(Segment segment) {
    lock.lock();
    try {
      drop(segment);
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private void drop(Segment segment) {
    attempts = 0;
    if (raw.peek() == segment) {
      raw.remove();
      waitingBytes -= segment.sizeBytes();
    } else {
      repacks.remove(segment);
    }
    changed.signalAll();
  }

  /** Ends the worker after the segment that it is at. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      if (worker != null) {
        worker.end();
      }
    } finally {
      lock.unlock();
    }
  }
}
