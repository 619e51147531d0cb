package dev.logaggregator.subscription;

import java.util.Comparator;

/** An event that a subscription has come to and that is not done with. */
final class Outstanding {

  /** What one takes, with its places in {@link InFlightTable}: an object, and two tree nodes. */
  static final int BYTES = 48 + 2 * 40;

  static final Comparator<Outstanding> BY_OFFSET =
      Comparator.comparingLong((Outstanding event) -> event.offset);

  /** By {@link #timeMillis}. */
  static final Comparator<Outstanding> BY_TIME =
      Comparator.comparingLong((Outstanding event) -> event.timeMillis)
          .thenComparingLong(event -> event.offset);

  /** What it waits for. */
  enum State {
    /** Delivered; for its acknowledgement, until a deadline. */
    IN_FLIGHT,
    /** For the end of the pause before its next delivery. */
    PAUSED,
    /** For a consumer. */
    READY,
    /** For the record that it is done with to be applied. */
    SETTLING
  }

  final long offset;
  int deliveries;
  State state = State.READY;

  /** The deadline, or the end of the pause, by which {@link #state} says what it waits for. */
  long timeMillis;

  /**
   * When it was received; what the age of a subscription's backlog is counted from. -1 if that
   * isn't known yet: then who reads it notes it, without the lock.
   */
  volatile long receivedMillis;

  Outstanding(long offset, long receivedMillis) {
    this.offset = offset;
    this.receivedMillis = receivedMillis;
  }
}
