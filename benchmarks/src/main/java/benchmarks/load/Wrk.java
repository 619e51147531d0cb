package benchmarks.load;

import benchmarks.events.SampleEvents;
import benchmarks.peer.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** {@code wrk -t1 -c32}, one event a request, each with an id of its own. */
final class Wrk {

  private static final long IDS_A_RUN = 10_000_000_000L;
  private static final int BATCHES = 10;

  private final Place place;
  private final Path lines;
  private final AtomicLong run = new AtomicLong();

  Wrk(Place place, SampleEvents events) throws IOException {
    this.place = place;
    this.lines = place.directory("wrk").resolve("events.ndjson");
    try (OutputStream out = Files.newOutputStream(lines)) {
      events.write(0, BATCHES, out);
    }
  }

  /**
   * What one run gave.
   *
   * @param count requests that were answered
   * @param perSecond requests that were answered in a second
   * @param p50Micros half of them within
   * @param p99Micros 99 % of them within
   */
  record Outcome(double count, double perSecond, double p50Micros, double p99Micros) {}

  Outcome run(int port, String path, int seconds) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                "wrk",
                "-t1",
                "-c32",
                "-d" + seconds + "s",
                "--timeout",
                "10s",
                "-s",
                place.resource("peers/single.lua").toString(),
                "http://127.0.0.1:" + port));
    builder.environment().put("EVENTS", lines.toString());
    builder.environment().put("TARGET", path);
    builder.environment().put("START", Long.toString(run.incrementAndGet() * IDS_A_RUN));
    Process wrk = builder.redirectErrorStream(true).start();
    String said = new String(wrk.getInputStream().readAllBytes());
    wrk.waitFor();
    for (String line : said.split("\n")) {
      if (line.startsWith("RESULT ")) {
        return outcome(line.split(" "));
      }
    }
    throw new IOException(said);
  }

  private static Outcome outcome(String[] result) throws IOException {
    if (Long.parseLong(result[3]) > 0) {
      throw new IOException(result[3] + " requests of " + result[1] + " failed");
    }
    return new Outcome(
        Double.parseDouble(result[1]),
        Double.parseDouble(result[1]) / (Double.parseDouble(result[2]) / 1e6),
        Double.parseDouble(result[4]),
        Double.parseDouble(result[5]));
  }
}
