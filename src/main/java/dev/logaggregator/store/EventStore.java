package dev.logaggregator.store;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.Durability;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.IdentityKey;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.event.Topic;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.JournalEntry;
import dev.logaggregator.journal.JournalFailedException;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.worker.OrderedLock;
import dev.logaggregator.worker.Workers;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of events, split into topics, read by cursor; in memory.
 *
 * <p>The journal puts batches in order, and {@link LogState} applies them in that order, one at a
 * time: duplicates, offsets, counters. Readers see an immutable view of it, which is replaced after
 * each batch: they block nobody, and never see offset n+1 before n.
 */
public final class EventStore implements AutoCloseable {

  /** What is applied in a fraction of a millisecond. */
  static final int SMALL_BATCH_BYTES = 16 * 1024;

  /** Large batches for each processor that may wait for their place in the order. */
  private static final int LARGE_PER_PROCESSOR = 2;

  private static final int EPOCH_LENGTH = 8;

  private final Journal journal;
  private final InstantSource clock;
  private final IdentityKey identityKey;
  private final Instant startedAt;

  /**
   * Where large ones wait before they wait for their place in the order: there, each small one
   * would wait for all of them.
   */
  private final Semaphore largeBatches =
      new Semaphore(LARGE_PER_PROCESSOR * Runtime.getRuntime().availableProcessors(), true);

  private final String epoch = newEpoch();
  private final LogState state;
  private final LogReader reader;
  private volatile @Nullable String unavailable;

  /**
   * Opens the log with what the journal holds.
   *
   * @param journal closed with the store
   * @param clock tells what is older than {@code max-age}
   */
  public EventStore(
      Journal journal,
      RetentionSettings retention,
      DeduplicationSettings deduplication,
      TopicSettings topics,
      InstantSource clock) {
    this(journal, retention, deduplication, topics, clock, List.of());
  }

  /** As the next one, with a key, workers and an account of memory of its own. */
  public EventStore(
      Journal journal,
      RetentionSettings retention,
      DeduplicationSettings deduplication,
      TopicSettings topics,
      InstantSource clock,
      List<RoomState<?>> rooms) {
    this(
        journal,
        retention,
        deduplication,
        topics,
        clock,
        rooms,
        IdentityKey.random(),
        new Workers(),
        new MemoryAccount(Runtime.getRuntime().maxMemory() / 4));
  }

  /**
   * As the first one, for a log that other rooms keep state in.
   *
   * @param rooms are handed the records of their kind, those that the journal holds first
   * @param identityKey hashes ids; as old as the log, where that outlives the process
   * @param workers keep the log's own threads at work
   * @param memory where is claimed what readers hold
   */
  public EventStore(
      Journal journal,
      RetentionSettings retention,
      DeduplicationSettings deduplication,
      TopicSettings topics,
      InstantSource clock,
      List<RoomState<?>> rooms,
      IdentityKey identityKey,
      Workers workers,
      MemoryAccount memory) {
    this(
        journal,
        retention,
        deduplication,
        topics,
        clock,
        rooms,
        identityKey,
        workers,
        memory,
        new ColumnPace(System::nanoTime));
  }

  /** As the one before, with segments written in columns at that pace. */
  EventStore(
      Journal journal,
      RetentionSettings retention,
      DeduplicationSettings deduplication,
      TopicSettings topics,
      InstantSource clock,
      List<RoomState<?>> rooms,
      IdentityKey identityKey,
      Workers workers,
      MemoryAccount memory,
      ColumnPace columnPace) {
    this.journal = journal;
    this.clock = clock;
    this.identityKey = identityKey;
    startedAt = clock.instant();
    state = new LogState(retention, deduplication, topics, rooms, identityKey, workers, columnPace);
    reader = new LogReader(state.topics(), memory, workers);
    journal.open(state::apply);
  }

  private static String newEpoch() {
    return new SecureRandom()
        .ints(EPOCH_LENGTH, 0, Character.MAX_RADIX)
        .mapToObj(digit -> String.valueOf(Character.forDigit(digit, Character.MAX_RADIX)))
        .reduce("", String::concat);
  }

  /**
   * Stores the events of a batch that are not duplicates.
   *
   * @return when they are as durable as {@link #durability} says, and visible to readers
   * @throws TooManyTopicsException when the batch names a topic too many; nothing was stored
   * @throws StoreUnavailableException when the log takes no events; nothing was stored. Publishers
   *     who are faster than segments can be compressed wait for some seconds before they get it
   */
  public Receipt publish(EventBatch batch) {
    requireAvailable();
    batch.hash(identityKey);
    if (batch.sizeBytes() <= SMALL_BATCH_BYTES) {
      return publishInTurn(batch);
    }
    largeBatches.acquireUninterruptibly();
    try {
      return publishInTurn(batch);
    } finally {
      largeBatches.release();
    }
  }

  private Receipt publishInTurn(EventBatch batch) {
    state.awaitRoom(batch.sizeBytes());
    List<Topic> reserved = reserve(batch);
    try {
      return append(new JournalEntry.Published(batch));
    } finally {
      state.giveBack(reserved);
    }
  }

  private List<Topic> reserve(EventBatch batch) {
    try {
      return state.reserve(batch);
    } catch (TooManyTopicsException full) {
      Instant time = batch.receivedAt();
      if (!state.hasExpiredIds(time)) {
        throw full;
      }
      // Only entries forget ids, and topics with them: one that does nothing else.
      append(new JournalEntry.Published(new EventBatch.Builder(time).build()));
      return state.reserve(batch);
    }
  }

  /**
   * Drops all events of a topic, which count as evicted, and forgets its ids; no effect on a topic
   * that isn't there. Takes the same time however many there are: the memory is freed by {@link
   * #enforceRetention}.
   */
  public void deleteTopic(Topic topic) {
    append(new JournalEntry.TopicDeleted(topic));
  }

  /**
   * Changes another room's state: has the {@link RoomState} of its kind decode the record, puts it
   * in order, makes it durable, and has it applied before this returns.
   *
   * @throws StoreUnavailableException when the log takes nothing; the record was not applied
   */
  public void record(String kind, byte[] content) {
    append(state.decode(kind, content));
  }

  private void requireAvailable() {
    String reason = unavailable;
    if (reason != null) {
      throw new StoreUnavailableException(reason, null);
    }
  }

  private Receipt append(JournalEntry entry) {
    requireAvailable();
    try {
      return journal.append(entry);
    } catch (JournalFailedException failed) {
      unavailable = "the journal failed: " + failed.getMessage();
      throw new StoreUnavailableException(unavailable, failed);
    }
  }

  /** Why the log takes no events now; null while it does. Reads go on either way. */
  public @Nullable String unavailableReason() {
    String reason = unavailable;
    return reason == null && state.isStuck() ? "segments can't be compressed" : reason;
  }

  /** How many segments take their full room because they couldn't be compressed. */
  public int uncompressibleSegments() {
    return state.unsealable();
  }

  /** How many segments the log has in each form. */
  public SegmentCounts segments() {
    return state.segments();
  }

  /** What an acknowledged event survives. */
  public Durability durability() {
    return journal.durability();
  }

  /** Names this log; another one, or this one born again, has another. */
  public String epoch() {
    return epoch;
  }

  /** When the log was opened. */
  public Instant startedAt() {
    return startedAt;
  }

  /** The offset that the next event will get: every smaller one is readable, evicted or a hole. */
  public long watermark() {
    return state.watermark().value();
  }

  /**
   * The smallest offset that may still be retained; {@link #watermark} when nothing is. Takes the
   * same time always: where topics have dropped what lies first in the log, it may be too small for
   * a moment, and is never too large.
   */
  public long firstRetainedOffset() {
    return state.firstRetainedOffset();
  }

  /**
   * Waits until the watermark is larger than that.
   *
   * @return whether it is; false after the timeout, or when the store was closed
   */
  public boolean awaitBeyond(long watermark, Duration timeout) throws InterruptedException {
    return state.watermark().awaitBeyond(watermark, timeout);
  }

  /** Somebody who looks again whenever the log has grown. */
  public Follower follow() {
    return reader.follow();
  }

  /** Where a reader with that cursor goes on, and what it has missed. */
  public Position locate(Cursor cursor) {
    long first = firstRetainedOffset();
    boolean sameLog = cursor.epoch() == null || cursor.epoch().equals(epoch);
    if (sameLog && cursor.offset() >= first - 1) {
      return new Position(cursor.offset(), null);
    }
    return new Position(first - 1, new Gap(cursor, new Cursor(epoch, first - 1)));
  }

  /** Hands the matching events that are in the log now to the consumer, in order. */
  public ReadResult read(ReadRequest request, EventConsumer consumer) throws IOException {
    assert OrderedLock.noneHeld() : "nobody reads the log while holding a lock";
    return reader.read(state::view, request, consumer);
  }

  /**
   * Hands on the event at an offset, of whatever topic.
   *
   * @param consumer whether it would go on doesn't matter
   * @return whether the log has it
   */
  public boolean readAt(long offset, EventConsumer consumer) throws IOException {
    boolean[] found = {false};
    read(
        new ReadRequest(new OneOffset(offset), Order.ASC, offset - 1, 1),
        event -> {
          found[0] = true;
          return consumer.accept(event);
        });
    return found[0];
  }

  /**
   * Goes through all matching events in no order, on several cores, each with an accumulator of its
   * own.
   *
   * @param cancelled asked now and then; true ends it
   * @param client whose share of the scanners' time it takes; empty for the service itself
   * @return the accumulators
   */
  public <A> List<A> collect(
      EventFilter filter,
      Supplier<A> accumulator,
      Collector<A> collector,
      BooleanSupplier cancelled,
      String client) {
    assert OrderedLock.noneHeld() : "nobody reads the log while holding a lock";
    return reader.collect(state::view, filter, accumulator, collector, cancelled, client);
  }

  /**
   * The figures at one moment; takes the same time however many events there are, and however many
   * topics but those that are asked for.
   *
   * @param top of how many topics to give the figures: the largest, in order
   */
  public LogStatistics statistics(int top) {
    return state.statistics(clock.instant(), top);
  }

  /** As {@link LogStatistics#version} would be now, without the cost of the rest. */
  public long version() {
    return state.version();
  }

  /**
   * Drops what has become too old, without waiting for the next publish, and frees the memory of
   * what topics have dropped. To be called now and then; each call takes a bounded step.
   */
  public void enforceRetention() {
    state.enforceRetention(clock.instant());
  }

  /** Publishers are refused from now on, waiting readers are let go. */
  @Override
  public void close() {
    unavailable = "the log is closed";
    journal.close();
    state.close();
    reader.close();
  }
}
