package dev.logaggregator.subscription;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Gap;
import dev.logaggregator.subscription.Consumption.Buried;
import dev.logaggregator.subscription.Consumption.Taken;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that the service keeps, with a memory of what was delivered and not acknowledged.
 *
 * <p>Its state is in two parts. What outlives the process (the definition, what is done with, the
 * dead letters) is changed by the {@code apply…} methods alone, in the journal's order. What
 * doesn't, is {@link Consumption}. Records are written without the lock, since the journal applies
 * them with it.
 */
public final class Subscription {

  private final String name;
  private final int maxDeadLetters;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final OffsetRanges done;
  private final LogCursor cursor;
  private final Consumption consumption;
  private final TreeMap<Long, DeadLetter> deadLetters = new TreeMap<>();
  private final TreeSet<Long> replaying = new TreeSet<>();
  private volatile Definition definition;
  private volatile long nextTimerMillis = Long.MAX_VALUE;
  private volatile boolean deleted;
  private volatile @Nullable String pausedReason;
  private long changes;
  private long acked;
  private long deadLettered;

  /**
   * @param start goes on after this offset
   * @param maxDeadLetters how many are kept; then the oldest are dropped
   */
  Subscription(String name, Definition definition, long start, int maxDeadLetters) {
    this.name = name;
    this.definition = definition;
    this.maxDeadLetters = maxDeadLetters;
    done = new OffsetRanges(start);
    cursor = new LogCursor(definition.filter(), start);
    consumption = new Consumption(done, cursor);
  }

  public String name() {
    return name;
  }

  public Definition definition() {
    return definition;
  }

  /** Whether it doesn't exist any more. */
  public boolean isDeleted() {
    return deleted;
  }

  /** Why it doesn't deliver until it is changed; null if it does. */
  public @Nullable String pausedReason() {
    return pausedReason;
  }

  /** When a deadline or a pause ends next, in milliseconds since the epoch. */
  long nextTimerMillis() {
    return nextTimerMillis;
  }

  /** Lets consumers do something. */
  <T> T consume(Function<Consumption, T> action) {
    lock.lock();
    try {
      T result = action.apply(consumption);
      nextTimerMillis = consumption.table().nextTimerMillis();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** See {@link Consumption#expire}. */
  List<Buried> expire(long nowMillis) {
    return consume(consumer -> consumer.expire(definition, nowMillis));
  }

  /** See {@link Consumption#take}; nothing while it is paused. */
  Taken take(EventStore store, int max, long deadlineMillis, DeliverySink sink) throws IOException {
    lock.lock();
    try {
      return deleted || pausedReason != null
          ? new Taken(0, false, List.of(), null)
          : consumption.take(store, definition, max, deadlineMillis, sink);
    } finally {
      nextTimerMillis = consumption.table().nextTimerMillis();
      lock.unlock();
    }
  }

  /** Notes what is gone before the subscription came to it. */
  void missed(Gap gap) {
    lock.lock();
    try {
      cursor.missed(gap);
    } finally {
      lock.unlock();
    }
  }

  // What is recorded.

  void apply(Definition changedDefinition) {
    change(
        () -> {
          boolean sameFilter = changedDefinition.wantsTheSameAs(definition);
          definition = changedDefinition;
          if (!sameFilter) {
            cursor.filter(changedDefinition.filter());
          }
        });
  }

  void applyPaused(@Nullable String reason) {
    change(() -> pausedReason = reason);
  }

  void applyDeleted() {
    change(() -> deleted = true);
  }

  void applyDone(List<Long> offsets, List<OffsetRange> ranges) {
    change(
        () -> {
          acked += offsets.size();
          for (int i = 0; i < offsets.size(); i++) {
            finish(offsets.get(i), ranges.get(i));
          }
        });
  }

  void applyBuried(DeadLetter letter, OffsetRange range) {
    change(
        () -> {
          deadLettered++;
          finish(letter.offset(), range);
          deadLetters.put(letter.offset(), letter);
          if (deadLetters.size() > maxDeadLetters) {
            deadLetters.pollFirstEntry();
          }
        });
  }

  private void finish(long offset, OffsetRange range) {
    replaying.remove(offset);
    done.add(range.from(), range.to());
    for (long other : List.copyOf(replaying.subSet(range.from(), true, range.to(), true))) {
      done.remove(other);
    }
    consumption.table().remove(offset);
    if (cursor.position() < done.floor()) {
      cursor.moveTo(done.floor());
    }
  }

  void applyReplayed(List<Long> offsets) {
    change(
        () -> {
          for (long offset : offsets) {
            if (deadLetters.remove(offset) != null) {
              done.remove(offset);
              replaying.add(offset);
              consumption.table().add(offset);
            }
          }
        });
  }

  void applySought(long offset) {
    change(
        () -> {
          consumption.clear();
          replaying.clear();
          done.reset(offset);
          cursor.moveTo(offset);
        });
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // Waiting.

  /** How often something has changed; see {@link #await}. */
  public long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something changes, that long at most.
   *
   * @param seen what {@link #changes} was before the caller looked for something to do
   */
  public void await(long seen, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (changes == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets those look who wait. */
  public void wake() {
    change(() -> {});
  }

  // State.

  /**
   * How it stands.
   *
   * @param cursor up to and including this offset, all is done with
   * @param backlog matching events that are not done with
   * @param backlogIsComplete whether all of them were counted
   * @param oldestMillis when the oldest of them was received, in milliseconds since the epoch; -1
   *     if there is none
   */
  record State(
      long cursor,
      long backlog,
      boolean backlogIsComplete,
      int inFlight,
      long delivered,
      long redelivered,
      long acked,
      long deadLettered,
      long oldestMillis,
      @Nullable String lastError,
      @Nullable Gap gap) {}

  /** How it stands. Goes on counting the backlog, for a while. */
  State state(EventStore store) throws IOException {
    lock.lock();
    try {
      boolean complete = cursor.count(store);
      InFlightTable table = consumption.table();
      int open = table.size() - table.count(Outstanding.State.SETTLING);
      Outstanding oldest = table.oldest();
      return new State(
          Math.max(done.floor(), table.size() == 0 ? cursor.position() : -1),
          open + cursor.counted(),
          complete,
          table.count(Outstanding.State.IN_FLIGHT),
          consumption.delivered(),
          consumption.redelivered(),
          acked,
          deadLettered,
          oldest == null ? cursor.nextReceivedMillis(store) : oldest.receivedMillis,
          consumption.lastError(),
          cursor.lastGap());
    } finally {
      lock.unlock();
    }
  }

  /** Dead letters after an offset, the oldest first. */
  List<DeadLetter> deadLetters(long after, int max) {
    lock.lock();
    try {
      return deadLetters.tailMap(after, false).values().stream().limit(max).toList();
    } finally {
      lock.unlock();
    }
  }
}
