package dev.logaggregator.intake;

import dev.logaggregator.memory.Claim;

/**
 * What one request holds, part by part, as one claim on the account. Each part says what it really
 * has, before it takes more of it. One thread only.
 */
final class HeldMemory implements AutoCloseable {

  /** What memory is held in. */
  enum Part {
    /** What decompresses. */
    DECODER,
    /** What was read of the body and isn't taken yet. */
    BODY,
    /** What was taken and isn't stored yet, and what makes events of bytes. */
    EVENTS
  }

  /** A claim that fell below a quarter is worth giving back. */
  private static final int WORTH_SHRINKING = 4;

  private final Claim claim;
  private final long[] parts = new long[Part.values().length];
  private long total;

  HeldMemory(Claim claim) {
    this.claim = claim;
  }

  /** Bytes that are claimed. */
  long bytes() {
    return claim.bytes();
  }

  /**
   * A part holds so many bytes now, or is about to.
   *
   * @throws dev.logaggregator.memory.MemoryExhaustedException when they are not to be had
   */
  void hold(Part part, long bytes) {
    long before = parts[part.ordinal()];
    if (bytes == before) {
      return;
    }
    long wanted = total - before + bytes;
    claim.atLeast(wanted);
    parts[part.ordinal()] = bytes;
    total = wanted;
    if (wanted < claim.bytes() / WORTH_SHRINKING) {
      claim.shrinkTo(wanted);
    }
  }

  @Override
  public void close() {
    claim.close();
  }
}
