package dev.logaggregator.memory;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** The books of one use. Thread-safe, without a lock. */
final class Share {

  /**
   * Claims up to here are of no client's account, so that the usual small request costs an
   * addition; and they only have to fit, so that it isn't refused where larger ones are. A body
   * takes a buffer of 16 KB and room for its events.
   */
  static final long SMALL_BYTES = 32 * 1024;

  /** As above, for what isn't a body. */
  private static final long SMALL_OTHER_BYTES = 8 * 1024;

  private final Use use;
  private final long smallBytes;
  private final long capacityBytes;
  private final AtomicLong used = new AtomicLong();

  /** Of those clients only that hold more than a little: as many as fit into the capacity. */
  private final ConcurrentMap<String, Long> usedByClient = new ConcurrentHashMap<>();

  Share(Use use, long capacityBytes) {
    this.use = use;
    this.smallBytes = use == Use.BODIES ? SMALL_BYTES : SMALL_OTHER_BYTES;
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
   * What can't be had isn't taken for a moment either: others would be refused meanwhile.
   */
  boolean take(String client, long held, long wanted) {
    boolean small = wanted <= smallBytes;
    long onBooks = small ? 0 : wanted - onBooks(held);
    long ofClient = small ? 0 : usedByClient.merge(client, onBooks, Long::sum);
    long more = wanted - held;
    long before = used.get();
    while (mayHold(capacityBytes - before - more, small ? 0 : Math.max(wanted, ofClient))) {
      if (used.compareAndSet(before, before + more)) {
        return true;
      }
      before = used.get();
    }
    takeOffBooks(client, onBooks);
    return false;
  }

  /** Whether so much may be left free, and held together. */
  private static boolean mayHold(long free, long together) {
    return free >= 0 && together <= free * MemoryAccount.MOST_OF_FREE;
  }

  /** Makes a claim of {@code held} bytes one of {@code rest}, which are fewer. */
  void giveBack(String client, long held, long rest) {
    used.addAndGet(rest - held);
    takeOffBooks(client, onBooks(held) - onBooks(rest));
  }

  private long onBooks(long held) {
    return held > smallBytes ? held : 0;
  }

  private void takeOffBooks(String client, long bytes) {
    if (bytes > 0) {
      usedByClient.computeIfPresent(
          client, (name, before) -> before == bytes ? null : Long.valueOf(before - bytes));
    }
  }

  MemoryExhaustedException exhausted(long wanted) {
    long mostEver = capacityBytes / (MemoryAccount.MOST_OF_FREE + 1) * MemoryAccount.MOST_OF_FREE;
    boolean permanent = wanted > Math.max(mostEver, smallBytes) || wanted > capacityBytes;
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
