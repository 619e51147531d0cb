package dev.logaggregator.request;

import dev.logaggregator.memory.Claim;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Reads a body that is wanted as a whole: of a bounded size, within a bounded time, and claimed
 * before it is held.
 */
public final class SmallBody {

  private static final int FIRST_CAPACITY = 4 * 1024;

  /** For all of it, whatever its size: what is meant to be small takes no time but a network's. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private SmallBody() {}

  /**
   * The body of a request.
   *
   * @param claim for twice the bytes that are read
   * @throws BodyTooLargeException when there are more than {@code mostBytes}
   * @throws SocketTimeoutException when it doesn't arrive in time
   */
  public static byte[] read(HttpServletRequest request, int mostBytes, Claim claim)
      throws IOException {
    if (request.getContentLengthLong() > mostBytes) {
      throw new BodyTooLargeException(mostBytes);
    }
    return read(request.getInputStream(), mostBytes, claim, System::nanoTime);
  }

  static byte[] read(InputStream in, int mostBytes, Claim claim, LongSupplier nanoTime)
      throws IOException {
    long start = nanoTime.getAsLong();
    claim.atLeast(FIRST_CAPACITY);
    byte[] body = new byte[FIRST_CAPACITY];
    int length = 0;
    while (true) {
      if (length == body.length) {
        // While it is copied, both are held.
        claim.atLeast(3L * length);
        body = Arrays.copyOf(body, 2 * length);
      }
      int count = in.read(body, length, body.length - length);
      if (count < 0) {
        return Arrays.copyOf(body, length);
      }
      length += count;
      if (length > mostBytes) {
        throw new BodyTooLargeException(mostBytes);
      }
      if (nanoTime.getAsLong() - start > TIMEOUT.toNanos()) {
        throw new SocketTimeoutException("the body took more than " + TIMEOUT.toSeconds() + " s");
      }
    }
  }
}
