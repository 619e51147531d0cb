package benchmarks.load;

import java.io.IOException;
import java.util.Arrays;

/** The same request over and over on one connection. */
final class Latency {

  private static final long LONGEST_NANOS = 20_000_000_000L;
  private static final int LEAST = 5;

  private Latency() {}

  /**
   * Times in milliseconds of so many requests, fewer if they take too long; each must be answered
   * with this status.
   */
  static Samples of(
      HttpConnection connection, int status, String path, int count, String... headers)
      throws IOException {
    double[] millis = new double[count];
    long end = System.nanoTime() + LONGEST_NANOS;
    int done = 0;
    for (; done < count && (done < LEAST || System.nanoTime() < end); done++) {
      long start = System.nanoTime();
      int answered = connection.get(path, headers);
      millis[done] = (System.nanoTime() - start) / 1e6;
      if (answered != status) {
        throw new IOException(path + " answered " + answered + ": " + connection.body());
      }
    }
    return Samples.of(Arrays.copyOf(millis, done));
  }
}
