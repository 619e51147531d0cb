package dev.logaggregator.intake;

/**
 * The bytes of one event as they lie in what was read of the body.
 *
 * @param bytes holds them, from {@code from} to {@code to} (exclusive)
 * @param line of the body at which they start, from 1
 * @param bytesReceived how many there were; more than there are when the event was too large to
 *     keep
 */
record RawEvent(byte[] bytes, int from, int to, long line, long bytesReceived) {

  /** An event that is there as a whole. */
  RawEvent(byte[] bytes, int from, int to, long line) {
    this(bytes, from, to, line, to - from);
  }

  int length() {
    return to - from;
  }

  boolean isTruncated() {
    return length() < bytesReceived;
  }
}
