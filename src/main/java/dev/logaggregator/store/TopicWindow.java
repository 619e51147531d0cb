package dev.logaggregator.store;

import dev.logaggregator.store.RetentionSettings.TopicBounds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a topic with bounds of its own retains, in chunks of a sixteenth of the tightest bound, so
 * that the oldest chunk can be dropped by moving the topic's floor, without looking at any event. A
 * bound is never exceeded, and at least fifteen sixteenths of it are kept.
 */
final class TopicWindow {

  private static final int CHUNKS = 16;

  /** Some events of the topic, one after the other. */
  static final class Chunk {
    long lastOffset;
    long events;
    long bytes;
    long firstMillis;
    long lastMillis;
  }

  private final long maxEvents;
  private final long maxBytes;
  private final long maxAgeMillis;
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private long events;
  private long bytes;

  /**
   * @param bounds all that apply; the tightest wins
   */
  TopicWindow(Collection<TopicBounds> bounds) {
    long tightestEvents = Long.MAX_VALUE;
    long tightestBytes = Long.MAX_VALUE;
    long tightestMillis = Long.MAX_VALUE;
    for (TopicBounds bound : bounds) {
      Long count = bound.maxEvents();
      tightestEvents = count == null ? tightestEvents : Math.min(tightestEvents, count);
      tightestBytes =
          bound.maxBytes() == null
              ? tightestBytes
              : Math.min(tightestBytes, bound.maxBytes().toBytes());
      Duration age = bound.maxAge();
      tightestMillis = age == null ? tightestMillis : Math.min(tightestMillis, age.toMillis());
    }
    maxEvents = tightestEvents;
    maxBytes = tightestBytes;
    maxAgeMillis = tightestMillis;
  }

  void add(long offset, int size, long receivedMillis) {
    Chunk chunk = chunks.peekLast();
    if (chunk == null
        || chunk.events >= Math.max(1, maxEvents / CHUNKS)
        || chunk.bytes + size > maxBytes / CHUNKS
        || receivedMillis - chunk.firstMillis > maxAgeMillis / CHUNKS) {
      chunk = new Chunk();
      chunk.firstMillis = receivedMillis;
      chunks.addLast(chunk);
    }
    chunk.lastOffset = offset;
    chunk.lastMillis = receivedMillis;
    chunk.events++;
    chunk.bytes += size;
    events++;
    bytes += size;
  }

  /** All events so far count as received then at the latest. */
  void receivedBy(long millis) {
    for (Chunk chunk : chunks) {
      chunk.firstMillis = Math.min(chunk.firstMillis, millis);
      chunk.lastMillis = Math.min(chunk.lastMillis, millis);
    }
  }

  /** Whether a bound is exceeded. */
  boolean isExpired(long nowMillis) {
    Chunk oldest = chunks.peekFirst();
    return oldest != null
        && (events > maxEvents || bytes > maxBytes || nowMillis - oldest.lastMillis > maxAgeMillis);
  }

  /** Takes out the oldest chunk if a bound is exceeded; null if none is. */
  @Nullable Chunk pollExpired(long nowMillis) {
    if (!isExpired(nowMillis)) {
      return null;
    }
    Chunk oldest = chunks.removeFirst();
    events -= oldest.events;
    bytes -= oldest.bytes;
    return oldest;
  }

  /** Forgets so many of the oldest events, which are gone already. */
  void dropOldest(long goneEvents, long goneBytes) {
    events -= goneEvents;
    bytes -= goneBytes;
    long restEvents = goneEvents;
    long restBytes = goneBytes;
    for (Chunk oldest = chunks.peekFirst();
        oldest != null && oldest.events <= restEvents;
        oldest = chunks.peekFirst()) {
      restEvents -= oldest.events;
      restBytes -= oldest.bytes;
      chunks.removeFirst();
    }
    Chunk oldest = chunks.peekFirst();
    if (oldest != null) {
      oldest.events -= restEvents;
      oldest.bytes -= restBytes;
    }
  }

  void clear() {
    chunks.clear();
    events = 0;
    bytes = 0;
  }
}
