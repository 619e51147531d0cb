package dev.logaggregator.search;

import dev.logaggregator.memory.Claim;

/** The memory of a table that grows bit by bit, claimed in larger steps. One thread at a time. */
final class Room {

  private static final int STEP_BYTES = 64 * 1024;

  private final Claim claim;
  private long bytes;

  Room(Claim claim) {
    this.claim = claim;
  }

  /** Takes so much more; false when it is not to be had. */
  boolean tryTake(long more) {
    long wanted = bytes + more;
    boolean had =
        wanted <= claim.bytes()
            || claim.tryAtLeast(wanted + STEP_BYTES)
            || claim.tryAtLeast(wanted);
    bytes = had ? wanted : bytes;
    return had;
  }

  /**
   * Takes so much more.
   *
   * @throws dev.logaggregator.memory.MemoryExhaustedException when it is not to be had
   */
  void take(long more) {
    if (!tryTake(more)) {
      claim.atLeast(bytes + more);
    }
  }

  /** So much is free again, for what is taken next. */
  void giveBack(long less) {
    bytes -= less;
  }
}
