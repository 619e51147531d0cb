package benchmarks.load;

import java.io.IOException;

/** The same request over and over on one connection. */
final class Latency {

  private Latency() {}

  /** Times in milliseconds of so many requests; each must be answered with this status. */
  static Samples of(
      HttpConnection connection, int status, String path, int count, String... headers)
      throws IOException {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      int answered = connection.get(path, headers);
      millis[i] = (System.nanoTime() - start) / 1e6;
      if (answered != status) {
        throw new IOException(path + " answered " + answered + ": " + connection.body());
      }
    }
    return Samples.of(millis);
  }
}
