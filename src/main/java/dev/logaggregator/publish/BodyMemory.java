package dev.logaggregator.publish;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for the bodies that are being read, of all requests together. A request that needs more
 * than is left is told to come back, rather than all of them failing for want of memory. What every
 * request may take anyway isn't counted, so that the usual small one costs nothing here.
 */
final class BodyMemory {

  /** What each request has without asking; enough for a few hundred usual events. */
  static final int FREE_BYTES = 128 * 1024;

  private final long capacity;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param capacity in bytes
   */
  BodyMemory(long capacity) {
    this.capacity = capacity;
  }

  /** Bytes that are reserved now. */
  long usedBytes() {
    return used.get();
  }

  /** A request's share, empty at first. */
  Share share() {
    return new Share();
  }

  /** What one request has reserved; one thread only. */
  final class Share implements AutoCloseable {

    private long reserved;

    /**
     * Sees to it that so many bytes are reserved, no less and maybe more.
     *
     * @throws Refusal when they aren't there
     */
    void atLeast(long bytes) {
      long more = bytes - FREE_BYTES - reserved;
      if (more <= 0) {
        return;
      }
      if (bytes - FREE_BYTES > capacity) {
        throw Refusal.requestTooLarge(
            "The request takes more memory than this server sets aside for bodies"
                + " (aggregator.publish.max-buffered): send it in smaller parts,"
                + " or as NDJSON, which is taken in as it arrives.");
      }
      if (used.addAndGet(more) > capacity) {
        used.addAndGet(-more);
        throw Refusal.busy(
            "Too many large requests at once: send it again in a moment, or in smaller parts.");
      }
      reserved += more;
    }

    @Override
    public void close() {
      used.addAndGet(-reserved);
      reserved = 0;
    }
  }
}
