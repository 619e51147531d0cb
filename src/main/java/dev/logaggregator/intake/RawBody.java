package dev.logaggregator.intake;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A request's body as it arrives, still encoded, held to a least rate: while an event is
 * incomplete, its bytes must keep coming. Between events a body may pause as long as the connector
 * lets it, so that {@code tail -f} can be published as it is.
 *
 * <p>Every failure to read is an {@link IntakeException}, so that an {@code IOException} further up
 * means that the bytes are not in the encoding that they claim to be in.
 */
final class RawBody extends InputStream {

  /** Slower than any modem: below it a body is kept open on purpose. */
  static final long LEAST_BYTES_PER_SECOND = 1024;

  private static final long NANOS_PER_BYTE = 1_000_000_000L / LEAST_BYTES_PER_SECOND;

  private final InputStream in;
  private final long maxBytes;
  private final long timeoutNanos;
  private final LongSupplier nanoTime;
  private long total;
  private boolean incomplete;
  private long incompleteSince;
  private long incompleteBytes;

  /**
   * @param maxBytes beyond so many the request is refused
   * @param timeout how long an event may be incomplete, besides the time that its size allows
   */
  RawBody(InputStream in, long maxBytes, Duration timeout, LongSupplier nanoTime) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.timeoutNanos = timeout.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    requirePace();
    int count;
    try {
      count = in.read(target, offset, length);
    } catch (IOException e) {
      throw failed(e);
    }
    if (count > 0) {
      total += count;
      if (total > maxBytes) {
        throw new IntakeException.BodyTooLarge(
            "A request may have at most %d bytes (aggregator.publish.max-request)."
                .formatted(maxBytes));
      }
      if (!incomplete) {
        begin(0);
      }
      incompleteBytes += count;
    }
    return count;
  }

  private void begin(int arrived) {
    incomplete = true;
    incompleteSince = nanoTime.getAsLong();
    incompleteBytes = arrived;
  }

  /** Before waiting for more, so that whatever has arrived is made use of. */
  private void requirePace() {
    if (!incomplete) {
      return;
    }
    long elapsed = nanoTime.getAsLong() - incompleteSince;
    if (elapsed > timeoutNanos + incompleteBytes * NANOS_PER_BYTE) {
      throw new IntakeException.BodyTooSlow(
          "An event was still incomplete after %.1f s, coming slower than %d bytes a second."
              .formatted(elapsed / 1e9, LEAST_BYTES_PER_SECOND));
    }
  }

  /**
   * An event is complete.
   *
   * @param following bytes that arrived after it
   */
  void completed(int following) {
    incomplete = false;
    if (following > 0) {
      begin(following);
    }
  }

  @Override
  public int available() {
    try {
      return in.available();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private IntakeException failed(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return new IntakeException.BodyTooSlow(
            "No byte of the body came for %.1f s (aggregator.publish.body-timeout)."
                .formatted(timeoutNanos / 1e9));
      }
    }
    return new IntakeException.UnreadableBody(
        "The body could not be read to its end: it is shorter than its Content-Length says, or"
            + " its chunks are malformed.");
  }
}
