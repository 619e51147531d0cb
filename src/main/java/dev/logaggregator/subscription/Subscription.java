package dev.logaggregator.subscription;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.store.Gap;
import dev.logaggregator.subscription.AckIds.Named;
import dev.logaggregator.worker.LockRank;
import dev.logaggregator.worker.OrderedLock;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that the service keeps, with a memory of what was delivered and not acknowledged.
 *
 * <p>Its state is in two parts. What outlives the process (the {@link Definition}, and its {@link
 * Progress}) is changed by {@link #apply} alone, in the journal's order. What doesn't, is {@link
 * Consumption}.
 *
 * <p>There is one lock, {@link LockRank#ROOM}; nothing but the account of memory, which has no
 * lock, is called under it. Records are written, and the log is read ({@link Taking}, {@link
 * BacklogCounter}), without it.
 */
public final class Subscription {

  private final String name;
  private final OrderedLock lock = new OrderedLock(LockRank.ROOM);
  private final Changes changes = new Changes(lock);
  private final Semaphore reading = new Semaphore(1, true);
  private final LogCursor cursor;
  private final Consumption consumption;
  private final Progress progress;
  private final BacklogCount backlog;
  private final CompiledFilter filter = new CompiledFilter();
  private volatile Definition definition;
  private volatile long nextTimerMillis = Long.MAX_VALUE;
  private volatile boolean deleted;
  private volatile @Nullable String pausedReason;

  /**
   * @param start goes on after this offset
   */
  Subscription(String name, Definition definition, long start, MemoryAccount memory) {
    this.name = name;
    this.definition = definition;
    OffsetRanges done = new OffsetRanges(start);
    cursor = new LogCursor(start);
    consumption = new Consumption(done, cursor, memory.claim(Use.DELIVERIES, name));
    // Of one client, whosever they are: they leave room for what is under way.
    DeadLetters deadLetters = new DeadLetters(memory.claim(Use.DELIVERIES, "dead letters"));
    progress = new Progress(done, cursor, consumption.table(), deadLetters);
    backlog = new BacklogCount(lock, done, cursor);
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

  /** Whether there is anything to be had from it. */
  boolean isDelivering() {
    return !deleted && pausedReason == null;
  }

  /** When a deadline or a pause ends next, in milliseconds since the epoch. */
  long nextTimerMillis() {
    return nextTimerMillis;
  }

  /** Its one place for who reads the log in order to deliver. */
  Semaphore reading() {
    return reading;
  }

  /** Its backlog, for those who count. */
  BacklogCount backlog() {
    return backlog;
  }

  /** What it wants. */
  EventFilter filter() {
    return filter.of(definition);
  }

  /** See {@link Dispatch#firstDelivery}. Takes no lock. */
  Delivery firstDelivery(Slice slice, long offset) {
    return consumption.dispatch().firstDelivery(slice, offset);
  }

  /** What those ids name. Takes no lock. */
  List<Named> named(List<String> ackIds) {
    return consumption.ackIds().read(ackIds);
  }

  /** Does something with what is under way. */
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

  /** As {@link #consume}, for what answers nothing. */
  void act(Consumer<Consumption> action) {
    consume(
        under -> {
          action.accept(under);
          return null;
        });
  }

  private void noteConsumption() {
    nextTimerMillis = consumption.table().nextTimerMillis();
    consumption.claim().adjust();
  }

  /** Notes what is gone before the subscription came to it. */
  void missed(Gap gap) {
    act(under -> cursor.missed(gap));
  }

  /** Changes as a record says. */
  void apply(SubscriptionRecord record) {
    change(
        () -> {
          switch (record) {
            case SubscriptionRecord.Put put -> define(put.definition());
            case SubscriptionRecord.Paused paused -> {
              pausedReason = paused.reason();
              cursor.invalidate();
            }
            case SubscriptionRecord.Done done ->
                progress.acknowledge(done.offsets(), done.ranges());
            case SubscriptionRecord.Buried buried ->
                progress.bury(buried.letter(), buried.range(), buried.keep());
            case SubscriptionRecord.Dropped dropped -> progress.deadLetters().keep(dropped.keep());
            case SubscriptionRecord.Replayed replayed -> progress.replay(replayed.offsets());
            case SubscriptionRecord.Sought sought -> {
              consumption.clear();
              progress.moveTo(sought.offset());
            }
            case SubscriptionRecord.Deleted gone -> close();
          }
        });
  }

  private void define(Definition changed) {
    boolean sameFilter = changed.wantsTheSameAs(definition);
    definition = changed;
    if (!sameFilter) {
      cursor.reread();
    }
  }

  private void close() {
    deleted = true;
    progress.close();
    consumption.close();
    backlog.close();
  }

  private void change(Runnable change) {
    act(
        under -> {
          change.run();
          changes.add();
        });
  }

  /** How often something has changed; see {@link #await}. */
  public long changes() {
    return changes.count();
  }

  /**
   * Waits until something changes, that long at most.
   *
   * @param seen what {@link #changes} was before the caller looked for something to do
   */
  public void await(long seen, long nanos) throws InterruptedException {
    changes.await(seen, nanos);
  }

  /** Lets those look who wait. */
  public void wake() {
    change(() -> {});
  }

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
      Backlog ahead = cursor.backlog();
      InFlightTable table = consumption.table();
      int open = table.size() - table.count(Outstanding.State.SETTLING);
      Outstanding oldest = table.oldest();
      return new State(
          progress.reached(),
          open + ahead.counted(),
          ahead.countedTo() >= watermark - 1,
          table.count(Outstanding.State.IN_FLIGHT),
          consumption.dispatch().delivered(),
          consumption.dispatch().redelivered(),
          progress.acked(),
          progress.deadLettered(),
          progress.deadLetters().dropped(),
          oldest == null ? ahead.firstReceivedMillis() : oldest.receivedMillis,
          consumption.settlement().lastError(),
          cursor.lastGap());
    } finally {
      lock.unlock();
    }
  }

  private <T> T letters(Function<DeadLetters, T> action) {
    lock.lock();
    try {
      return action.apply(progress.deadLetters());
    } finally {
      lock.unlock();
    }
  }

  /** See {@link DeadLetters#reserve}; one that is deleted keeps none, and needs no memory. */
  boolean reserve(DeadLetter letter) {
    return letters(letters -> deleted || letters.reserve(letter));
  }

  /** The dead letter that was reserved for couldn't be recorded. */
  void release(DeadLetter letter) {
    act(under -> progress.deadLetters().release(letter));
  }

  /** Dead letters after an offset, the oldest first. */
  List<DeadLetter> deadLetters(long after, int max) {
    return letters(letters -> letters.after(after, max));
  }

  /** How many dead letters there are. */
  int deadLetterCount() {
    return letters(DeadLetters::size);
  }
}
