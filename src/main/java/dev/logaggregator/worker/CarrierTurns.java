package dev.logaggregator.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Whose turn it is on the carriers of virtual threads. A carrier takes those that can run one after
 * the other, whoever they are, and each keeps it until it waits: behind a crowd that has work
 * enough, whoever comes next waits for all of it. And a thread that yields goes to the end of its
 * carrier's own queue, which the carrier empties before it looks for anybody else.
 *
 * <p>So requests of which much is to be expected don't all go to the carriers at once: only {@value
 * #PER_PROCESSOR} for each processor run at a time, and more only while some of those have been
 * running for long without giving way; never so many that no carrier would be left for what is
 * small. The others wait in {@link WaitingTurns}, in fair order by client, those that begin before
 * those that go on. What is small, or must wait for nobody, begins without a turn. What has run for
 * {@value #SLICE_MICROS} µs needs one to go on, however it has begun: see {@link #giveWay}. Whether
 * one still runs or waits for something, its thread's state tells.
 *
 * <p>Those that wait are as many as there are connections.
 */
@Component
public final class CarrierTurns implements DisposableBean {

  /**
   * Carriers for each processor that the service needs: what runs for long without waiting (a
   * route's first request, which loads what it needs) keeps its carrier; with as many carriers as
   * processors, two of those would hold up everybody.
   */
  public static final int CARRIERS_PER_PROCESSOR = 4;

  private static final int PER_PROCESSOR = 2;

  private static final int SLICE_MICROS = 1_000;

  private static final long SLICE_NANOS = TimeUnit.MICROSECONDS.toNanos(SLICE_MICROS);

  /** Who runs for longer without giving way isn't waited for. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** However many seem to run, the next one doesn't wait for longer than that after the last. */
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** While some wait: how often to look whether others have stopped running. */
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private static final ScopedValue<Turn> CURRENT = ScopedValue.newInstance();

  private final LongSupplier nanoTime;
  private final int processors;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final WaitingTurns<Taker> waiting = new WaitingTurns<>();
  private final List<Taker> running = new ArrayList<>();
  private long latestNanos;
  private boolean ended;

  @Autowired
  CarrierTurns(Workers workers) {
    this(workers, System::nanoTime, Runtime.getRuntime().availableProcessors());
  }

  CarrierTurns(Workers workers, LongSupplier nanoTime, int processors) {
    this.nanoTime = nanoTime;
    this.processors = processors;
    workers.start("turns", Thread.ofPlatform().daemon().name("turns"), this::handOut);
  }

  /** What a thread does in turns with others. One thread only. */
  public final class Turn {

    private final Object owner;
    private final String client;
    private long beganNanos = nanoTime.getAsLong();

    private Turn(Object owner, String client) {
      this.owner = owner;
      this.client = client;
    }

    private void giveWay() {
      if (nanoTime.getAsLong() - beganNanos < SLICE_NANOS) {
        return;
      }
      assert OrderedLock.noneHeld();
      ThreadTaker taker = new ThreadTaker(owner);
      if (waitsToGoOn(client, taker)) {
        taker.await();
      }
      beganNanos = nanoTime.getAsLong();
    }
  }

  /** Who waits for a turn, or has it. */
  private abstract static class Taker {

    private final Object owner;
    private long sinceNanos;

    Taker(Object owner) {
      this.owner = owner;
    }

    /** False while it waits for something: its client, a lock, its next turn. */
    abstract boolean isRunning();

    abstract void goOn();
  }

  /** A thread that waits for its next turn. */
  private static final class ThreadTaker extends Taker {

    private final Thread thread = Thread.currentThread();
    private volatile boolean told;

    ThreadTaker(Object owner) {
      super(owner);
    }

    @Override
    boolean isRunning() {
      return thread.getState() == Thread.State.RUNNABLE;
    }

    @Override
    void goOn() {
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

  /** What is to be started. */
  private static final class Start extends Taker {

    private final Runnable start;
    private final BooleanSupplier running;

    Start(Object owner, Runnable start, BooleanSupplier running) {
      super(owner);
      this.start = start;
      this.running = running;
    }

    @Override
    boolean isRunning() {
      return running.getAsBoolean();
    }

    @Override
    void goOn() {
      start.run();
    }
  }

  /**
   * A turn for what the current thread is about to do, in the name of a client.
   *
   * @param owner what has one turn at a time
   */
  public Turn turn(Object owner, String client) {
    return new Turn(owner, client);
  }

  /** Runs something in whose course {@link #giveWay} waits in that turn's name. */
  public static <T, X extends Throwable> T call(Turn turn, ScopedValue.CallableOp<T, X> work)
      throws X {
    return ScopedValue.where(CURRENT, turn).call(work);
  }

  /**
   * Has a thread started when it is that client's turn.
   *
   * @param owner of the {@link #turn} that the thread will take
   * @param start starts it, and takes no time
   * @param running whether it is about to run, or runs
   */
  public void begin(Object owner, String client, Runnable start, BooleanSupplier running) {
    if (!waitsToBegin(client, new Start(owner, start, running))) {
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

  private boolean waitsToBegin(String client, Taker taker) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      if (waiting.isEmpty() && hasRoom()) {
        run(taker);
        return false;
      }
      add(client, WaitingTurns.Kind.BEGINS, taker);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean waitsToGoOn(String client, Taker taker) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      running.removeIf(one -> one.owner == taker.owner);
      if (waiting.isEmpty() && hasRoom()) {
        run(taker);
        return false;
      }
      add(client, WaitingTurns.Kind.GOES_ON, taker);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void add(String client, WaitingTurns.Kind kind, Taker taker) {
    waiting.add(client, kind, taker);
    changed.signal();
  }

  private void run(Taker taker) {
    latestNanos = nanoTime.getAsLong();
    taker.sinceNanos = latestNanos;
    running.add(taker);
  }

  /** Whether one more may run. */
  private boolean hasRoom() {
    running.removeIf(taker -> !taker.isRunning());
    long now = nanoTime.getAsLong();
    int recent = 0;
    for (Taker taker : running) {
      recent += now - taker.sinceNanos < PATIENCE_NANOS ? 1 : 0;
    }
    return now - latestNanos > LONGEST_NANOS
        || recent < processors * PER_PROCESSOR
            && running.size() < processors * (CARRIERS_PER_PROCESSOR - 1);
  }

  private void handOut() throws InterruptedException {
    for (Taker next = next(); next != null; next = next()) {
      next.goOn();
    }
  }

  /** Null at the end. */
  private @Nullable Taker next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!ended || !waiting.isEmpty()) {
        if (waiting.isEmpty()) {
          changed.await();
        } else if (ended || hasRoom()) {
          Taker next = waiting.next();
          run(next);
          return next;
        } else {
          changed.awaitNanos(LOOK_NANOS);
        }
      }
      return null;
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
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
