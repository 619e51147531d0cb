package dev.logaggregator.store;

import dev.logaggregator.event.EventBatch;
import java.time.Duration;
import java.util.Arrays;

/**
 * Remembers which {@code (topic, id)} were seen, as 128-bit hashes by a secret key: the newest so
 * many, for so long. With a million of them, two different keys meet in one event out of 10^32,
 * which is never, and nobody can look for such keys.
 *
 * <p>The entries lie in a ring, in the order in which they came, so that the oldest is always the
 * next to go; an open-addressing table of ring positions finds them. Beside the position, a table
 * slot has 32 bits of the key, so that a key that wasn't seen, which is nearly every one, costs one
 * look into memory that isn't cached, and so does forgetting one. Both start small and double until
 * the ring has its full size, so that a log with few events pays for few. Not thread-safe: the
 * store applies one entry at a time.
 */
final class Deduplication {

  /** Answer of {@link #seenAt} for a key that wasn't seen. */
  static final long NEW = -1;

  private static final int FIRST_CAPACITY = 256;
  private static final long EMPTY = -1;
  private static final long[] NOTHING = {};
  private static final long POSITION = 0xFFFF_FFFFL;

  /** Is told of each id that is remembered no more. */
  @FunctionalInterface
  interface Listener {

    /**
     * @param topicNumber see {@link #remember}
     * @param offset of the event that had the id
     */
    void forgot(int topicNumber, long offset);
  }

  private final int maxIds;
  private final long maxAgeMillis;
  private final Listener listener;

  private int capacity;
  private long[] high;
  private long[] low;
  private long[] offsets;
  private int[] topicNumbers;

  /** Empty unless there is a bound on the age. */
  private long[] seenMillis;

  /** The key's lower 32 bits above, the ring position below. */
  private long[] table;

  /** Ring position of the oldest entry, and how many there are. */
  private int oldest;

  private int size;

  /** What {@link #readAhead} read, so that it isn't optimized away. */
  @SuppressWarnings("UnusedVariable")
  private long lastRead;

  Deduplication(DeduplicationSettings settings, Listener listener) {
    this.listener = listener;
    maxIds = settings.maxIdsOrDefault();
    Duration maxAge = settings.maxAge();
    maxAgeMillis = maxAge == null ? Long.MAX_VALUE : maxAge.toMillis();
    capacity = Math.min(FIRST_CAPACITY, Math.max(1, maxIds));
    high = new long[capacity];
    low = new long[capacity];
    offsets = new long[capacity];
    topicNumbers = new int[capacity];
    seenMillis = new long[hasMaxAge() ? capacity : 0];
    table = emptyTable(capacity);
  }

  /**
   * Offset of the event that had the same key; {@link #NEW} if none within the window.
   *
   * @param since what lies before that offset has been forgotten with its topic
   */
  long seenAt(EventBatch batch, int index, long since) {
    int slot = find(batch.keyHigh(index), batch.keyLow(index));
    if (table[slot] == EMPTY) {
      return NEW;
    }
    long offset = offsets[(int) (table[slot] & POSITION)];
    return offset < since ? NEW : offset;
  }

  /**
   * Reads the places in the table that a batch will ask for and empty. One after the other, each
   * would be waited for; read ahead and independently of each other, many come from memory at once.
   */
  void readAhead(EventBatch batch) {
    int mask = table.length - 1;
    long read = 0;
    for (int i = 0; i < batch.size(); i++) {
      read += table[(int) batch.keyLow(i) & mask];
    }
    int leaving = Math.max(0, size + batch.size() - maxIds);
    for (int i = 0, entry = oldest; i < Math.min(leaving, size); i++) {
      read += table[(int) low[entry] & mask];
      entry = entry + 1 == capacity ? 0 : entry + 1;
    }
    lastRead = read;
  }

  /**
   * Remembers a key that {@link #seenAt} doesn't know; the oldest goes when there is no room.
   *
   * @param topicNumber for the listener
   * @return whether anything is remembered at all
   */
  boolean remember(EventBatch batch, int index, long offset, int topicNumber, long nowMillis) {
    if (maxIds == 0) {
      return false;
    }
    if (size == capacity) {
      if (capacity < maxIds) {
        grow();
      } else {
        forgetOldest();
      }
    }
    int entry = oldest + size;
    entry = entry >= capacity ? entry - capacity : entry;
    high[entry] = batch.keyHigh(index);
    low[entry] = batch.keyLow(index);
    offsets[entry] = offset;
    topicNumbers[entry] = topicNumber;
    if (hasMaxAge()) {
      seenMillis[entry] = nowMillis;
    }
    // Where its topic had gone, the key may be there still: the table then leads to the new entry.
    table[find(high[entry], low[entry])] = slot(low[entry], entry);
    size++;
    return true;
  }

  private boolean hasMaxAge() {
    return maxAgeMillis < Long.MAX_VALUE;
  }

  /** Forgets what is older than the window, as of that time. */
  void expire(long nowMillis) {
    while (hasExpired(nowMillis)) {
      forgetOldest();
    }
  }

  /** Whether there is something to {@link #expire}. */
  boolean hasExpired(long nowMillis) {
    return hasMaxAge() && size > 0 && nowMillis - seenMillis[oldest] > maxAgeMillis;
  }

  int size() {
    return size;
  }

  long sizeBytes() {
    return 28L * capacity + 8L * (table.length + seenMillis.length);
  }

  private void forgetOldest() {
    int mask = table.length - 1;
    long sought = slot(low[oldest], oldest);
    int slot = (int) low[oldest] & mask;
    while (table[slot] != sought && table[slot] != EMPTY) {
      slot = slot + 1 & mask;
    }
    if (table[slot] == sought) {
      vacate(slot);
    }
    int topicNumber = topicNumbers[oldest];
    long offset = offsets[oldest];
    oldest = oldest + 1 == capacity ? 0 : oldest + 1;
    size--;
    listener.forgot(topicNumber, offset);
  }

  private static long slot(long keyLow, int position) {
    return keyLow << 32 | position;
  }

  /** The slot that holds this key, or the empty one where it belongs. */
  private int find(long keyHigh, long keyLow) {
    int mask = table.length - 1;
    int slot = (int) keyLow & mask;
    while (true) {
      long held = table[slot];
      if (held == EMPTY) {
        return slot;
      }
      if ((int) (held >>> 32) == (int) keyLow) {
        int entry = (int) (held & POSITION);
        if (low[entry] == keyLow && high[entry] == keyHigh) {
          return slot;
        }
      }
      slot = slot + 1 & mask;
    }
  }

  /**
   * Empties a slot and moves back what was displaced by it, so that no probe stops short (Knuth,
   * The Art of Computer Programming, volume 3, section 6.4, algorithm R).
   */
  private void vacate(int freed) {
    int mask = table.length - 1;
    int hole = freed;
    int slot = hole;
    while (true) {
      slot = slot + 1 & mask;
      long held = table[slot];
      if (held == EMPTY) {
        table[hole] = EMPTY;
        return;
      }
      int home = (int) (held >>> 32) & mask;
      boolean reachable = hole <= slot ? hole < home && home <= slot : hole < home || home <= slot;
      if (!reachable) {
        table[hole] = held;
        hole = slot;
      }
    }
  }

  private void grow() {
    int grown = (int) Math.min(maxIds, capacity * 2L);
    high = unrolled(high, grown);
    low = unrolled(low, grown);
    offsets = unrolled(offsets, grown);
    if (hasMaxAge()) {
      seenMillis = unrolled(seenMillis, grown);
    }
    int[] straight = new int[grown];
    System.arraycopy(topicNumbers, oldest, straight, 0, capacity - oldest);
    System.arraycopy(topicNumbers, 0, straight, capacity - oldest, oldest);
    topicNumbers = straight;
    capacity = grown;
    oldest = 0;
    table = NOTHING; // not held while a larger one is made: heaps may be small
    table = emptyTable(grown);
    for (int entry = 0; entry < size; entry++) {
      table[find(high[entry], low[entry])] = slot(low[entry], entry);
    }
  }

  private long[] unrolled(long[] ring, int length) {
    long[] straight = new long[length];
    System.arraycopy(ring, oldest, straight, 0, capacity - oldest);
    System.arraycopy(ring, 0, straight, capacity - oldest, oldest);
    return straight;
  }

  /** At most half full, so that probes stay short. */
  private static long[] emptyTable(int entries) {
    long[] slots = new long[Integer.highestOneBit(Math.max(1, entries * 2 - 1)) << 1];
    Arrays.fill(slots, EMPTY);
    return slots;
  }
}
