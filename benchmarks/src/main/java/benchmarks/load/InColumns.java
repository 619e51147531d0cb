package benchmarks.load;

import java.io.IOException;

/** The service writes segments in columns when publishers leave it the time. */
final class InColumns {

  private static final double LONGEST_SECONDS = 300;
  private static final String NONE_PACKED = "aggregator_segments{form=\"packed\"} 0.0";

  private InColumns() {}

  /** Waits until no segment is packed any more; returns for how many seconds. */
  static double await(HttpConnection connection) throws IOException, InterruptedException {
    long start = System.nanoTime();
    double seconds;
    do {
      Thread.sleep(500);
      connection.get("/actuator/prometheus");
      seconds = (System.nanoTime() - start) / 1e9;
    } while (!connection.body().contains(NONE_PACKED) && seconds < LONGEST_SECONDS);
    return seconds;
  }
}
