package dev.logaggregator.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does its owner's loop until that returns, or until it is told to end. When the loop
 * throws, it is begun again after a pause: a thread that ended instead would leave those who rely
 * on it waiting for ever, and nobody would know.
 */
public final class Worker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

  /** What fails for good costs one attempt and, at most, one line in the log a minute. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Longer than any pause, so that a worker counts as failing in each of them. */
  private static final long RECOVERED_AFTER_NANOS = Duration.ofMinutes(1).toNanos();

  private static final long LOGGED_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  /** What a worker does. */
  @FunctionalInterface
  public interface Loop {

    /** Returns when there is nothing left to do for good. What it throws is logged. */
    void run() throws Exception;
  }

  private record Failure(Throwable cause, long atNanos, int inARow) {}

  private final String name;
  private final Loop loop;
  private final Thread thread;
  private final LongSupplier nanoTime;
  private final Workers.Pause pause;
  private final AtomicLong restartsOfItsName;
  private final Consumer<Worker> whenEnded;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile @Nullable Failure failure;
  private volatile long restarts;
  private long loggedAtNanos;

  Worker(
      String name,
      Loop loop,
      Thread.Builder thread,
      LongSupplier nanoTime,
      Workers.Pause pause,
      AtomicLong restartsOfItsName,
      Consumer<Worker> whenEnded) {
    this.name = name;
    this.loop = loop;
    this.thread = thread.unstarted(this::run);
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.restartsOfItsName = restartsOfItsName;
    this.whenEnded = whenEnded;
  }

  private void run() {
    try {
      while (!succeeds()) {
        restarts = restarts + 1; // by this thread alone
        restartsOfItsName.incrementAndGet();
      }
    } finally {
      whenEnded.accept(this);
    }
  }

  /** Whether the loop has ended; if not, the pause has passed. */
  @SuppressWarnings("CatchingUnchecked") // whatever a loop throws, it has to be begun again
  private boolean succeeds() {
    long begun = nanoTime.getAsLong();
    try {
      loop.run();
      return true;
    } catch (Throwable thrown) {
      if (isEnding()) {
        LOG.debug("{} failed while it was ending", thread.getName(), thrown);
        return true;
      }
      return !pauseAfter(thrown, begun);
    }
  }

  /** Whether to go on. */
  private boolean pauseAfter(Throwable thrown, long begun) {
    long now = nanoTime.getAsLong();
    Failure earlier = failure;
    int inARow = earlier != null && now - begun < RECOVERED_AFTER_NANOS ? earlier.inARow + 1 : 1;
    long pauseNanos =
        Math.min(
            LONGEST_PAUSE.toNanos(), SHORTEST_PAUSE.toNanos() << Math.min(inARow - 1, Short.SIZE));
    failure = new Failure(thrown, now, inARow);
    if (restarts == 0 || now - loggedAtNanos >= LOGGED_EVERY_NANOS) {
      loggedAtNanos = now;
      LOG.error(
          "{} failed, and starts again in {} ms, for the {}. time",
          thread.getName(),
          Duration.ofNanos(pauseNanos).toMillis(),
          restarts + 1,
          thrown);
    }
    try {
      return !pause.await(end, pauseNanos);
    } catch (InterruptedException e) {
      return !isEnding();
    }
  }

  /** What it is, the same for all of its kind. */
  public String name() {
    return name;
  }

  /** Its thread, for whoever has to unpark it. */
  public Thread thread() {
    return thread;
  }

  /** How often it was started again. */
  public long restarts() {
    return restarts;
  }

  /** Whether it has failed within the last minute. */
  public boolean isFailing() {
    Failure last = failure;
    return last != null && nanoTime.getAsLong() - last.atNanos < RECOVERED_AFTER_NANOS;
  }

  /** What its loop threw last; null if it never did. */
  public @Nullable Throwable lastFailure() {
    Failure last = failure;
    return last == null ? null : last.cause;
  }

  /** Whether it was told to end. */
  public boolean isEnding() {
    return end.getCount() == 0;
  }

  /** Unparks it, and has it not started again. The loop itself is its owner's to end. */
  public void end() {
    end.countDown();
    LockSupport.unpark(thread);
  }
}
