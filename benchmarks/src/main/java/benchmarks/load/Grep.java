package benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import benchmarks.events.SampleEvents;
import benchmarks.peer.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The same events in a compressed file, searched by {@code grep}. */
final class Grep {

  private final Path file;
  private final double events;

  /** Writes the file. */
  Grep(Place place, SampleEvents source, long batches, String event)
      throws IOException, InterruptedException {
    file = place.directory("grep").resolve("events.ndjson.zst");
    events = batches * SampleEvents.BATCH_EVENTS;
    Process zstd =
        new ProcessBuilder(List.of("zstd", "-q", "-3", "-T2", "-o", file.toString())).start();
    try (OutputStream out = zstd.getOutputStream()) {
      source.write(0, batches / 2, out);
      out.write(event.getBytes(US_ASCII));
      source.write(batches / 2, batches - batches / 2, out);
    }
    zstd.waitFor();
  }

  double bytesPerEvent() throws IOException {
    return Files.size(file) / events;
  }

  /** How long it takes to count the lines with a word. */
  double millis(String word) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of("sh", "-c", "zstd -dc \"$0\" | grep -cF \"$1\"", file.toString(), word));
    builder.environment().put("LC_ALL", "C");
    long start = System.nanoTime();
    Process process = builder.redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    process.waitFor();
    return (System.nanoTime() - start) / 1e6;
  }
}
