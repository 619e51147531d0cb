package dev.logaggregator.store;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Whose turn it is: theirs, of those who wait, who have had least so far. Who comes from doing
 * nothing begins with as much as the one whose turn it was last had had: it passes those who have
 * had more, and has no credit for the time when it wanted nothing (stride scheduling; Waldspurger
 * and Weihl, 1995). Not thread-safe.
 */
final class Turns<T extends Turns.Taker> {

  /** Who takes turns. */
  abstract static class Taker {

    private static final Comparator<Taker> LEAST_FIRST =
        Comparator.comparingLong((Taker taker) -> taker.hadNanos)
            .thenComparingLong(taker -> taker.number);

    private long hadNanos;
    private long number;

    /** Whether there is something for it to do. */
    abstract boolean wantsTurn();
  }

  private final PriorityQueue<T> waiting = new PriorityQueue<>(Taker.LEAST_FIRST);
  private long lastHadNanos;
  private long comers;

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** To be called before an idle one gets something to do. */
  void welcome(T newcomer) {
    Taker taker = newcomer;
    taker.number = comers++;
    taker.hadNanos = Math.max(taker.hadNanos, lastHadNanos);
  }

  /** Has it wait if it wants a turn, and not if it doesn't. */
  void update(T taker) {
    waiting.remove(taker);
    if (taker.wantsTurn()) {
      waiting.add(taker);
    }
  }

  /** Whose turn it is, of those who wait; it waits no more. */
  T next() {
    T next = waiting.remove();
    Taker taker = next;
    lastHadNanos = Math.max(lastHadNanos, taker.hadNanos);
    return next;
  }

  /** Notes what a turn has taken, after which {@link #update} holds. */
  void charge(T whoseTurnItWas, long nanos) {
    waiting.remove(whoseTurnItWas);
    Taker taker = whoseTurnItWas;
    taker.hadNanos += nanos;
    update(whoseTurnItWas);
  }
}
