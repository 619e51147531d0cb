package dev.logaggregator.store;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.Durability;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.event.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The log of events, split into topics, read by cursor. (Signatures; the inside follows.) */
public interface EventStore extends AutoCloseable {

  /**
   * Stores the events of a batch that are not duplicates.
   *
   * @return when they are as durable as {@link #durability} says, and visible to readers
   * @throws TooManyTopicsException when the batch names a topic too many; nothing was stored
   * @throws StoreUnavailableException when the log takes no events; nothing was stored
   */
  Receipt publish(EventBatch batch);

  /** Drops all events of a topic; they count as evicted. No effect on a topic without events. */
  void deleteTopic(Topic topic);

  /** What an acknowledged event survives. */
  Durability durability();

  /** Names this log; another one, or this one born again, has another. */
  String epoch();

  /** When the log was opened. */
  Instant startedAt();

  /** The offset that the next event will get: every smaller one is readable, evicted or a hole. */
  long watermark();

  /** The smallest offset that may still be retained; {@link #watermark} when nothing is. */
  long firstRetainedOffset();

  /**
   * Waits until the watermark is larger than that.
   *
   * @return whether it is; false after the timeout, or when the store was closed
   */
  boolean awaitBeyond(long watermark, Duration timeout) throws InterruptedException;

  /** Where a reader with that cursor goes on, and what it has missed. */
  Position locate(Cursor cursor);

  /** Hands the matching events that are in the log now to the consumer, in order. */
  ReadResult read(ReadRequest request, EventConsumer consumer) throws IOException;

  /**
   * Goes through all matching events in no order, on several cores, each with an accumulator of its
   * own.
   *
   * @param cancelled asked now and then; true ends it
   * @return the accumulators
   */
  <A> List<A> collect(
      EventFilter filter,
      Supplier<A> accumulator,
      BiConsumer<A, EventView> step,
      BooleanSupplier cancelled);

  /** All figures, at one moment. */
  LogStatistics statistics();

  /** As {@link LogStatistics#version} would be now, without the cost of the rest. */
  long version();

  @Override
  void close();
}
