package dev.logaggregator.worker;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Whose turn it is on the carriers of virtual threads. A carrier takes those that can run one after
 * the other, whoever they are, and each keeps it until it waits: behind a crowd that has work
 * enough, whoever comes next waits for all of it. And a thread that yields goes to the end of its
 * carrier's own queue, which the carrier empties before it looks for anybody else.
 *
 * <p>So requests of which much is to be expected don't all go to the carriers at once. They wait in
 * {@link WaitingTurns}, in fair order by client, those that begin before those that go on; a thread
 * hands them out as the carriers take them, so that never more than one for each carrier is in the
 * way of somebody else. And what has run for {@value #SLICE_MICROS} µs waits there again: see
 * {@link #giveWay}.
 *
 * <p>Those that wait are as many as there are connections.
 */
@Component
public final class CarrierTurns implements DisposableBean {

  private static final int SLICE_MICROS = 1_000;

  private static final long SLICE_NANOS = TimeUnit.MICROSECONDS.toNanos(SLICE_MICROS);

  /** When carriers take nothing for that long, something holds them that doesn't give way. */
  private static final long PATIENCE_MILLIS = 50;

  private static final ScopedValue<Turn> CURRENT = ScopedValue.newInstance();

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition someWait = lock.newCondition();
  private final WaitingTurns waiting = new WaitingTurns();
  private volatile boolean ended;

  @Autowired
  CarrierTurns(Workers workers) {
    this(workers, System::nanoTime);
  }

  CarrierTurns(Workers workers, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    workers.start("turns", Thread.ofPlatform().daemon().name("turns"), this::handOut);
  }

  /** What a thread does in turns with others. One thread only. */
  public final class Turn {

    private final String client;
    private long beganNanos = nanoTime.getAsLong();

    private Turn(String client) {
      this.client = client;
    }

    private void giveWay() {
      if (nanoTime.getAsLong() - beganNanos < SLICE_NANOS) {
        return;
      }
      assert OrderedLock.noneHeld();
      Next next = new Next(Thread.currentThread());
      if (enqueue(client, WaitingTurns.Kind.GOES_ON, next)) {
        next.await();
      }
      beganNanos = nanoTime.getAsLong();
    }
  }

  /** A thread that waits until it is told to go on. */
  private static final class Next implements Runnable {

    private final Thread thread;
    private volatile boolean told;

    Next(Thread thread) {
      this.thread = thread;
    }

    @Override
    public void run() {
      told = true;
      LockSupport.unpark(thread);
    }

    /** Who is interrupted has nothing left to do that would take long. */
    void await() {
      while (!told && !thread.isInterrupted()) {
        LockSupport.park(this);
      }
    }
  }

  /** A turn for what the current thread is about to do, in the name of a client. */
  public Turn turn(String client) {
    return new Turn(client);
  }

  /** Runs something in whose course {@link #giveWay} waits in that turn's name. */
  public static <T, X extends Throwable> T call(Turn turn, ScopedValue.CallableOp<T, X> work)
      throws X {
    return ScopedValue.where(CURRENT, turn).call(work);
  }

  /** Has something begin when it is that client's turn: it starts a thread, and takes no time. */
  public void begin(String client, Runnable start) {
    if (!enqueue(client, WaitingTurns.Kind.BEGINS, start)) {
      start.run();
    }
  }

  /**
   * Lets others have their turn if the current thread has had its carrier for long enough. To be
   * called every few ten thousand bytes, with no lock held.
   */
  public static void giveWay() {
    if (CURRENT.isBound()) {
      CURRENT.get().giveWay();
    } else {
      Thread.yield();
    }
  }

  /** False if nobody would hand it out any more. */
  private boolean enqueue(String client, WaitingTurns.Kind kind, Runnable next) {
    lock.lock();
    try {
      if (!ended) {
        waiting.add(client, kind, next);
        someWait.signal();
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  private void handOut() throws InterruptedException {
    Semaphore free = new Semaphore(Runtime.getRuntime().availableProcessors());
    while (awaitSome()) {
      boolean taken = free.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      next().run();
      if (taken) {
        // Comes to a carrier behind what was just handed out.
        Thread.ofVirtual().start(free::release);
      }
    }
  }

  /** False at the end. */
  private boolean awaitSome() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !ended) {
        someWait.await();
      }
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private Runnable next() {
    lock.lock();
    try {
      return waiting.next();
    } finally {
      lock.unlock();
    }
  }

  /** After the end nobody waits for a turn. */
  @Override
  public void destroy() {
    lock.lock();
    try {
      ended = true;
      someWait.signal();
    } finally {
      lock.unlock();
    }
  }
}
