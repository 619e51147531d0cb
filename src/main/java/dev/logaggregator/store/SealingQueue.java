package dev.logaggregator.store;

import dev.logaggregator.store.segment.Columnizer;
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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals segments one after the other, off the publishers' path.
 *
 * <p>Raw segments would take the room of ten sealed ones, so that only so many bytes of them may
 * wait: publishers that are faster than the sealer for long wait before they publish, for a bounded
 * time, and are refused then. While the sealer fails they are refused at once, until it succeeds
 * again. A single segment that can't be sealed is tried a few times and then stays as it is: it
 * counts with its full size, until retention drops it as any other.
 *
 * <p>Sealing packs segments, which costs little. Columns are written when no raw one waits, one
 * segment at a time and at a {@link ColumnPace} that holds up nobody: first of sealed segments of
 * which much is gone, a few of which wait here, then of packed ones, oldest first, which wait in
 * the log and are bounded by its retention.
 */
final class SealingQueue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SealingQueue.class);

  private static final int ATTEMPTS = 3;

  /** Of what may wait, one part of so many is for small batches alone. */
  private static final int RESERVE_PARTS = 4;

  private static final int MAX_REWRITES = 8;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

  /**
   * How the queue sees the log.
   *
   * @param holds whether a segment hasn't been dropped meanwhile
   * @param oldestPacked the oldest packed one that passes a test; null if there is none
   * @param replace puts a segment's sealed form in its place
   */
  record Log(
      Predicate<Segment> holds,
      Function<Predicate<Segment>, @Nullable SealedSegment> oldestPacked,
      BiConsumer<Segment, SealedSegment> replace) {}

  private final Log log;
  private final Workers workers;
  private final Supplier<Sealer> sealers;
  private final long maxWaitingBytes;
  private final OrderedLock lock = new OrderedLock(LockRank.SEALING);
  private final Condition changed = lock.newCondition();
  private final Deque<Segment> raw = new ArrayDeque<>();
  private final Deque<Segment> rewrites = new ArrayDeque<>();
  private final ColumnPace pace;

  /** Those that couldn't be sealed, as long as anybody else holds them. */
  private final Set<Segment> unsealable = Collections.newSetFromMap(new WeakHashMap<>());

  /** Those that couldn't be written in columns, as long as anybody else holds them. */
  private final Set<Segment> unwritable = Collections.newSetFromMap(new WeakHashMap<>());

  private @Nullable Worker worker;
  private int attempts;
  private volatile long waitingBytes;
  private boolean closed;

  /**
   * @param sealers makes one, in the thread that will use it: its native library takes time to
   *     load, which no start should wait for
   * @param pace of writing columns; asked under the queue's lock
   * @param maxWaitingBytes how much may wait to be sealed
   */
  SealingQueue(
      Log log, Workers workers, Supplier<Sealer> sealers, ColumnPace pace, long maxWaitingBytes) {
    this.log = log;
    this.workers = workers;
    this.sealers = sealers;
    this.pace = pace;
    this.maxWaitingBytes = maxWaitingBytes;
  }

  /** Adds a segment that is full. Never waits. */
  void add(RawSegment segment) {
    lock.lock();
    try {
      enqueue(segment, raw);
      waitingBytes += segment.sizeBytes();
      pace.arrived();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a segment of which much is gone, to be written anew, once; false when too many wait
   * already. Never waits.
   */
  boolean rewrite(SealedSegment segment) {
    lock.lock();
    try {
      if (rewrites.contains(segment) || unwritable.contains(segment)) {
        return true;
      }
      if (rewrites.size() >= MAX_REWRITES) {
        return false;
      }
      enqueue(segment, rewrites);
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
   * Waits while too much waits to be sealed. To be called before publishing, without holding a
   * lock. The last part of the room is left for small batches, so that whoever publishes little
   * doesn't wait behind those who publish more than can be sealed.
   *
   * @param batchBytes what is to be published
   * @throws StoreUnavailableException when that takes too long or can't be expected to end
   */
  void awaitRoom(int batchBytes) {
    long most =
        batchBytes <= EventStore.SMALL_BATCH_BYTES
            ? maxWaitingBytes
            : maxWaitingBytes / RESERVE_PARTS * (RESERVE_PARTS - 1);
    if (waitingBytes <= most) {
      return;
    }
    assert OrderedLock.noneHeld() : "who waits for the sealer must not hold up others";
    lock.lock();
    try {
      long nanos = PATIENCE_NANOS;
      while (waitingBytes > most && !closed) {
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

  private void work() throws InterruptedException {
    try (Sealer sealer = sealers.get();
        Columnizer columnizer = new Columnizer()) {
      for (Segment next = next(); next != null; next = next()) {
        try {
          switch (next) {
            case RawSegment segment -> log.replace.accept(next, sealer.seal(segment));
            case SealedSegment segment -> writeColumns(segment, columnizer);
          }
        } catch (RuntimeException | Error failure) {
          failed(next);
          throw failure;
        }
        remove(next);
      }
    }
  }

  /** One that can't be written stays as it is, and doesn't keep raw ones from being sealed. */
  private void writeColumns(SealedSegment segment, Columnizer columnizer) {
    long begun = System.nanoTime();
    boolean written = false;
    try {
      log.replace.accept(segment, columnizer.write(segment));
      written = true;
    } catch (RuntimeException e) {
      LOG.error("the segment at {} can't be written in columns", segment.baseOffset(), e);
    }
    lock.lock();
    try {
      pace.wrote(begun);
      if (!written) {
        unwritable.add(segment);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next one, which stays in the queue while it is sealed; null when closed. */
  private @Nullable Segment next() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Segment next = raw.isEmpty() ? nextForColumns() : raw.peek();
        long rest = next instanceof SealedSegment ? pace.restNanos() : 0;
        if (next == null) {
          changed.awaitUninterruptibly();
        } else if (rest > 0) {
          changed.awaitNanos(rest);
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

  /** Under the lock. */
  private @Nullable Segment nextForColumns() {
    Segment rewrite = rewrites.peek();
    return rewrite == null
        ? log.oldestPacked.apply(packed -> !unwritable.contains(packed))
        : rewrite;
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
      rewrites.remove(segment);
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
