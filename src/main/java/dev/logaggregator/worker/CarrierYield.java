package dev.logaggregator.worker;

/**
 * Lets other requests run while the bytes of a large one are gone through. A virtual thread keeps
 * its carrier until it waits, and one whose bytes are all there needn't wait: as many of those as
 * there are processors would stop everybody else. One thread only.
 */
public final class CarrierYield {

  /** What is read or decoded in a fraction of a millisecond. */
  static final int BYTES = 64 * 1024;

  private final Runnable yield;
  private long bytes;

  /** For what the current thread goes through. */
  public CarrierYield() {
    this(Thread::yield);
  }

  CarrierYield(Runnable yield) {
    this.yield = yield;
  }

  /** Says that so many more bytes were gone through. */
  public void took(long count) {
    bytes += count;
    if (bytes >= BYTES) {
      bytes = 0;
      yield.run();
    }
  }
}
