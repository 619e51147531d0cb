package dev.logaggregator.memory;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** The books of one use. Thread-safe, without a lock. */
final class Share {

  /**
   * Claims up to here are of no client's account, so that the usual small request costs an
   * addition; and they only have to fit, so that it isn't refused where larger ones are.
   */
  static final long SMALL_BYTES = 8 * 1024;

  private final Use use;
  private final long capacityBytes;
  private final AtomicLong used = new AtomicLong();

  /** Of those clients only that hold more than a little: as many as fit into the capacity. */
  private final ConcurrentMap<String, Long> usedByClient = new ConcurrentHashMap<>();

  Share(Use use, long capacityBytes) {
    this.use = use;
    this.capacityBytes = capacityBytes;
  }

  long usedBytes() {
    return used.get();
  }

  long capacityBytes() {
    return capacityBytes;
  }

  /**
   * Makes a claim of {@code held} bytes one of {@code wanted}, which are more; false if it can't.
   */
  boolean take(String client, long held, long wanted) {
    long more = wanted - held;
    long free = capacityBytes - used.addAndGet(more);
    if (free < 0 || wanted > SMALL_BYTES && !mayHold(client, held, wanted, free)) {
      used.addAndGet(-more);
      return false;
    }
    return true;
  }

  private boolean mayHold(String client, long held, long wanted, long free) {
    long most = free * MemoryAccount.MOST_OF_FREE;
    if (wanted > most) {
      return false;
    }
    long more = wanted - onBooks(held);
    if (usedByClient.merge(client, more, Long::sum) > most) {
      takeOffBooks(client, more);
      return false;
    }
    return true;
  }

  /** Makes a claim of {@code held} bytes one of {@code rest}, which are fewer. */
  void giveBack(String client, long held, long rest) {
    used.addAndGet(rest - held);
    takeOffBooks(client, onBooks(held) - onBooks(rest));
  }

  private static long onBooks(long held) {
    return held > SMALL_BYTES ? held : 0;
  }

  private void takeOffBooks(String client, long bytes) {
    if (bytes > 0) {
      usedByClient.computeIfPresent(
          client, (name, before) -> before == bytes ? null : Long.valueOf(before - bytes));
    }
  }

  MemoryExhaustedException exhausted(long wanted) {
    long mostEver = capacityBytes / (MemoryAccount.MOST_OF_FREE + 1) * MemoryAccount.MOST_OF_FREE;
    boolean permanent = wanted > Math.max(mostEver, SMALL_BYTES) || wanted > capacityBytes;
    return new MemoryExhaustedException(
        use,
        permanent,
        permanent
            ? "%d bytes are more than this server sets aside for one of its %s (aggregator.memory.max)"
                .formatted(wanted, use.label())
            : "as much memory is held for %s now as aggregator.memory.max allows"
                .formatted(use.label()));
  }
}
