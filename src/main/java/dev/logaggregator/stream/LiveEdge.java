package dev.logaggregator.stream;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.worker.Worker;
import dev.logaggregator.worker.Workers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Wakes the readers that have nothing more to send when the log has grown: in rounds, one thread
 * for all of them.
 *
 * <p>A round costs each reader a system call or two, however little there is to send. Rounds are
 * therefore spaced in proportion to the number of readers: one reader is woken at once, a thousand
 * of them some thirty times a second, each time with all that has come. So readers take a bounded
 * share of the machine from publishers, and events are sent the more at a time the more there are.
 */
@Component
final class LiveEdge {

  /** About twice what a core needs to wake a reader that sends a few events. */
  private static final long PAUSE_NANOS_PER_READER = 20_000;

  /** Shorter pauses cost more than they save. */
  private static final long SHORTEST_PAUSE_NANOS = 100_000;

  /** However many readers there are, none waits much longer for the newest events. */
  private static final long LONGEST_PAUSE_NANOS = 50_000_000;

  /** How long it may overlook that there are no readers any more. */
  private static final Duration NAP = Duration.ofSeconds(1);

  private final EventStore store;
  private final Workers workers;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private volatile long edge;
  private volatile boolean ended;
  private volatile @Nullable Worker waker;

  LiveEdge(EventStore store, Workers workers) {
    this.store = store;
    this.workers = workers;
  }

  /** A thread that waits at the edge, again and again. */
  final class Reader implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private volatile boolean waiting;
    private volatile boolean released;

    /**
     * Waits until the watermark is larger than that, or until the time is over, or until {@link
     * #release}. May return early.
     */
    void awaitBeyond(long watermark, long nanos) {
      waiting = true;
      if (edge <= watermark && !released) {
        LockSupport.parkNanos(this, nanos);
      }
      waiting = false;
    }

    /** Ends the waiting, for good. */
    void release() {
      released = true;
      LockSupport.unpark(thread);
    }

    boolean isReleased() {
      return released;
    }

    @Override
    public void close() {
      readers.remove(this);
    }
  }

  /** Makes the current thread a reader, until it is closed. */
  Reader enter() {
    Reader reader = new Reader();
    readers.add(reader);
    if (ended) {
      reader.release();
    }
    Worker running = waker;
    if (running == null) {
      start();
    } else {
      LockSupport.unpark(running.thread());
    }
    return reader;
  }

  private synchronized void start() {
    if (waker == null) {
      waker = workers.start("live-edge", Thread.ofVirtual().name("live-edge"), this::wakeReaders);
    }
  }

  /** Lets all of them go, and those that come later. */
  void end() {
    ended = true;
    readers.forEach(Reader::release);
    Worker running = waker;
    if (running != null) {
      running.end();
    }
  }

  private void wakeReaders() throws InterruptedException {
    while (!ended) {
      if (readers.isEmpty()) {
        LockSupport.park(this);
      } else if (store.awaitBeyond(edge, NAP)) {
        edge = store.watermark();
        wakeWaiting();
        pause();
      }
    }
  }

  private void wakeWaiting() {
    for (Reader reader : readers) {
      if (reader.waiting) {
        LockSupport.unpark(reader.thread);
      }
    }
  }

  private void pause() {
    long nanos = Math.min(readers.size() * PAUSE_NANOS_PER_READER, LONGEST_PAUSE_NANOS);
    if (nanos >= SHORTEST_PAUSE_NANOS) {
      LockSupport.parkNanos(this, nanos);
    }
  }
}
