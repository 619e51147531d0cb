package dev.logaggregator.worker;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock with a place in the order of all locks, see {@link LockRank}. Where assertions are on, a
 * thread that takes one out of turn, or a second one of the same rank, fails at once, whether or
 * not another thread is in its way at that moment. Otherwise it costs what a {@link ReentrantLock}
 * does.
 */
public final class OrderedLock {

  /** A bit for the rank of each lock that a thread holds. Used with assertions only. */
  private static final ThreadLocal<Integer> HELD = ThreadLocal.withInitial(() -> 0);

  private final LockRank rank;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param rank where it stands among the others
   */
  public OrderedLock(LockRank rank) {
    this.rank = rank;
  }

  /** Waits for the lock. */
  public void lock() {
    assert mayTake() : outOfTurn();
    lock.lock();
    assert took();
  }

  /** Waits for the lock, unless interrupted. */
  public void lockInterruptibly() throws InterruptedException {
    assert mayTake() : outOfTurn();
    lock.lockInterruptibly();
    assert took();
  }

  /** Gives the lock back. */
  public void unlock() {
    assert gaveBack();
    lock.unlock();
  }

  /**
   * See {@link java.util.concurrent.locks.Lock#newCondition}; waiting gives this lock back only.
   */
  public Condition newCondition() {
    return lock.newCondition();
  }

  /** Whether this thread holds it. */
  public boolean isHeldByCurrentThread() {
    return lock.isHeldByCurrentThread();
  }

  /**
   * Whether this thread holds none at all, as whoever waits for something slow must: to be
   * asserted.
   */
  public static boolean noneHeld() {
    return HELD.get() == 0;
  }

  private boolean mayTake() {
    return HELD.get() < 1 << rank.ordinal();
  }

  private String outOfTurn() {
    return rank
        + " is taken by a thread that holds locks of the ranks "
        + Integer.toBinaryString(HELD.get());
  }

  private boolean took() {
    HELD.set(HELD.get() | 1 << rank.ordinal());
    return true;
  }

  private boolean gaveBack() {
    int rest = HELD.get() & ~(1 << rank.ordinal());
    if (rest == 0) {
      HELD.remove();
    } else {
      HELD.set(rest);
    }
    return true;
  }
}
