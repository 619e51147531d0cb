package dev.logaggregator.intake;

/**
 * Lets other requests run while one that is large is decoded. A virtual thread keeps its carrier
 * until it waits, and one whose bytes are all there needn't wait: as many of those as there are
 * processors would stop everybody else. One thread only.
 */
final class CarrierYield {

  /** What is decoded in a fraction of a millisecond. */
  static final int BYTES = 64 * 1024;

  private final Runnable yield;
  private long bytes;

  CarrierYield() {
    this(Thread::yield);
  }

  CarrierYield(Runnable yield) {
    this.yield = yield;
  }

  /** Says that so many more bytes were gone through. */
  void took(long count) {
    bytes += count;
    if (bytes >= BYTES) {
      bytes = 0;
      yield.run();
    }
  }
}
