package dev.logaggregator.subscription;

import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryExhaustedException;

/**
 * The memory of what a subscription has under way: of the events that are not done with, and of the
 * holes that they are in what is done with. After a restart these are there before the events.
 * Under the subscription's lock.
 */
final class InFlightClaim {

  private static final long BYTES_PER_EVENT = Outstanding.BYTES + OffsetRanges.BYTES_PER_RANGE;

  private final InFlightTable table;
  private final OffsetRanges done;
  private final Claim claim;
  private int reserved;

  InFlightClaim(InFlightTable table, OffsetRanges done, Claim claim) {
    this.table = table;
    this.done = done;
    this.claim = claim;
  }

  /**
   * Claims what events will take that are about to be read.
   *
   * @param most of them
   * @return for how many there is memory, one at least
   * @throws MemoryExhaustedException when there is none for one
   */
  int reserve(int most) {
    reserved = most;
    while (reserved > 1 && !claim.tryAtLeast(bytes())) {
      reserved /= 2;
    }
    try {
      claim.atLeast(bytes());
    } catch (MemoryExhaustedException e) {
      reserved = 0;
      throw e;
    }
    return reserved;
  }

  /** Those that memory was reserved for are in the table now, or don't come. */
  void release() {
    reserved = 0;
  }

  private long bytes() {
    return Math.max(table.size() + reserved, done.size() - 1) * BYTES_PER_EVENT;
  }

  /**
   * Sees to it that so many more events can be held.
   *
   * @throws MemoryExhaustedException when there is no memory for them
   */
  void requireRoomFor(int events) {
    claim.atLeast(bytes() + events * BYTES_PER_EVENT);
  }

  /**
   * Has as much claimed as is held. Where records have put in more than is to be had, new
   * deliveries wait until it is less again.
   */
  void adjust() {
    claim.tryAtLeast(bytes());
    claim.shrinkTo(bytes());
  }

  void close() {
    reserved = 0;
    claim.close();
  }
}
