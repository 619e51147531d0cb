package dev.logaggregator.subscription;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.store.Gap;
import dev.logaggregator.subscription.Consumption.Buried;
import dev.logaggregator.subscription.Consumption.Redelivery;
import dev.logaggregator.worker.LockRank;
import dev.logaggregator.worker.OrderedLock;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that the service keeps, with a memory of what was delivered and not acknowledged.
 *
 * <p>Its state is in two parts. What outlives the process (the definition, what is done with, the
 * dead letters) is changed by the {@code apply…} methods alone, in the journal's order. What
 * doesn't, is {@link Consumption}.
 *
 * <p>There is one lock, {@link LockRank#ROOM}; nothing but the account of memory, which has no
 * lock, is called under it. Records are written, and the log is read ({@link Taking}, {@link
 * BacklogCounter}), without it.
 */
public final class Subscription {

  private final String name;
  private final OrderedLock lock = new OrderedLock(LockRank.ROOM);
  private final Condition changed = lock.newCondition();
  private final Condition counted = lock.newCondition();
  private final Semaphore reading = new Semaphore(1, true);
  private final AtomicBoolean isToBeCounted = new AtomicBoolean();
  private final OffsetRanges done;
  private final LogCursor cursor;
  private final Consumption consumption;
  private final DeadLetters deadLetters;

  /** Dead letters that were sent again and aren't done with: not more than there may be letters. */
  private final TreeSet<Long> replaying = new TreeSet<>();

  private volatile Definition definition;
  private volatile @Nullable Compiled compiled;
  private volatile long nextTimerMillis = Long.MAX_VALUE;
  private volatile boolean deleted;
  private volatile @Nullable String pausedReason;
  private long changes;
  private long acked;
  private long deadLettered;

  private record Compiled(Definition definition, EventFilter filter) {}

  /**
   * @param start goes on after this offset
   */
  Subscription(String name, Definition definition, long start, MemoryAccount memory) {
    this.name = name;
    this.definition = definition;
    done = new OffsetRanges(start);
    cursor = new LogCursor(start);
    consumption = new Consumption(done, cursor, memory.claim(Use.DELIVERIES, name));
    // Of one client, whosever they are: they leave room for what is under way.
    deadLetters = new DeadLetters(memory.claim(Use.DELIVERIES, "dead letters"));
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

  /** Its one place for who reads the log in order to deliver. */
  Semaphore reading() {
    return reading;
  }

  /**
   * What it wants. Compiled when it is first asked for, by who reads: not by who applies a record.
   */
  EventFilter filter() {
    Definition wanted = definition;
    Compiled known = compiled;
    if (known == null || !known.definition.wantsTheSameAs(wanted)) {
      known = new Compiled(wanted, wanted.filter());
      compiled = known;
    }
    return known.filter;
  }

  /** Lets consumers do something. */
  <T extends @Nullable Object> T consume(Function<Consumption, T> action) {
    lock.lock();
    try {
      T result = action.apply(consumption);
      noteConsumption();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Lets consumers do something that answers nothing. */
  void act(Consumer<Consumption> action) {
    locked(
        () -> {
          action.accept(consumption);
          noteConsumption();
        });
  }

  private void noteConsumption() {
    nextTimerMillis = consumption.table().nextTimerMillis();
    consumption.claim();
  }

  /** See {@link Consumption#expire}. */
  List<Buried> expire(long nowMillis) {
    return consume(consumer -> consumer.expire(definition, nowMillis));
  }

  /** See {@link Consumption#redeliver}; nothing while it is paused. */
  List<Redelivery> redeliver(int max, long deadlineMillis) {
    return consume(
        consumer ->
            deleted || pausedReason != null
                ? List.of()
                : consumer.redeliver(max, definition.maxInFlight(), deadlineMillis));
  }

  /** See {@link Consumption#slice}; null while it is paused. */
  @Nullable Slice slice(int max) {
    return consume(
        consumer ->
            deleted || pausedReason != null ? null : consumer.slice(max, definition.maxInFlight()));
  }

  /** See {@link Consumption#firstDelivery}. */
  Delivery firstDelivery(Slice slice, long offset) {
    return consumption.firstDelivery(slice, offset);
  }

  /** See {@link Consumption#deliver}. */
  boolean deliver(
      Slice slice, List<Outstanding> events, long to, long deadlineMillis, @Nullable Gap gap) {
    return consume(consumer -> consumer.deliver(slice, events, to, deadlineMillis, gap));
  }

  /** Notes what is gone before the subscription came to it. */
  void missed(Gap gap) {
    locked(() -> cursor.missed(gap));
  }

  /** See {@link DeadLetters#reserve}. */
  boolean reserve(DeadLetter letter) {
    lock.lock();
    try {
      return !deleted && deadLetters.reserve(letter);
    } finally {
      lock.unlock();
    }
  }

  /** The dead letter that was reserved for couldn't be recorded. */
  void release(DeadLetter letter) {
    locked(() -> deadLetters.release(letter));
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
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
            cursor.reread();
          }
        });
  }

  void applyPaused(@Nullable String reason) {
    change(
        () -> {
          pausedReason = reason;
          cursor.invalidate();
        });
  }

  void applyDeleted() {
    change(
        () -> {
          deleted = true;
          cursor.reread();
          replaying.clear();
          deadLetters.clear();
          consumption.close();
        });
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

  /**
   * @param keep how many dead letters are kept; then the oldest are dropped
   */
  void applyBuried(DeadLetter letter, OffsetRange range, int keep) {
    change(
        () -> {
          deadLettered++;
          finish(letter.offset(), range);
          deadLetters.put(letter);
          deadLetters.keep(keep);
        });
  }

  void applyDropped(int keep) {
    change(() -> deadLetters.keep(keep));
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
              if (offset <= cursor.position()) {
                consumption.table().add(new Outstanding(offset, -1));
              } else {
                // It is come to, as what is new; who has just passed it over looks again.
                cursor.reread();
              }
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
      noteConsumption();
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
   * @param deadLettersDropped how many dead letters there was no room for
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
      long deadLettersDropped,
      long oldestMillis,
      @Nullable String lastError,
      @Nullable Gap gap) {}

  /**
   * How it stands.
   *
   * @param watermark of the log: the backlog is counted up to there, or isn't complete
   */
  State state(long watermark) {
    lock.lock();
    try {
      Backlog backlog = cursor.backlog();
      InFlightTable table = consumption.table();
      int open = table.size() - table.count(Outstanding.State.SETTLING);
      Outstanding oldest = table.oldest();
      return new State(
          Math.max(done.floor(), table.size() == 0 ? cursor.position() : -1),
          open + backlog.counted(),
          backlog.countedTo() >= watermark - 1,
          table.count(Outstanding.State.IN_FLIGHT),
          consumption.delivered(),
          consumption.redelivered(),
          acked,
          deadLettered,
          deadLetters.dropped(),
          oldest == null ? backlog.firstReceivedMillis() : oldest.receivedMillis,
          consumption.lastError(),
          cursor.lastGap());
    } finally {
      lock.unlock();
    }
  }

  // Counting the backlog.

  /** Whether it is to be counted from now on, and wasn't. */
  boolean isToBeCounted() {
    return !deleted && isToBeCounted.compareAndSet(false, true);
  }

  /** It needn't be counted any further for now. */
  void isCounted() {
    isToBeCounted.set(false);
  }

  /** Takes part in counting. */
  <T extends @Nullable Object> T count(BiFunction<Backlog, Slice, T> action) {
    lock.lock();
    try {
      long position = cursor.position();
      T result =
          action.apply(
              cursor.backlog(), new Slice(position, 1, done.after(position), cursor.moves(), 0));
      counted.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the backlog is counted up to a watermark, that long at most. */
  void awaitCounted(long watermark, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!deleted && left > 0 && !isCountedTo(watermark)) {
        left = counted.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isCountedTo(long watermark) {
    Backlog backlog = cursor.backlog();
    return backlog.countedTo() >= watermark - 1 && !backlog.lacksFirst();
  }

  /** Dead letters after an offset, the oldest first. */
  List<DeadLetter> deadLetters(long after, int max) {
    lock.lock();
    try {
      return deadLetters.after(after, max);
    } finally {
      lock.unlock();
    }
  }

  /** How many dead letters there are. */
  int deadLetterCount() {
    lock.lock();
    try {
      return deadLetters.size();
    } finally {
      lock.unlock();
    }
  }
}
