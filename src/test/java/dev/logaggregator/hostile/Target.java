package dev.logaggregator.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logaggregator.AggregatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The service as it runs in a container of 512 MB: with a heap of 230 MB. */
final class Target implements AutoCloseable {

  /** Those of the image, as far as they bear on memory. */
  private static final List<String> JVM =
      List.of(
          "-Xmx230m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:ReservedCodeCacheSize=48m",
          "-XX:MaxDirectMemorySize=32m",
          "-XX:TrimNativeHeapInterval=5000");

  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  private static final Duration STUCK_AFTER = Duration.ofSeconds(20);

  private final AggregatorProcess process;
  private final List<String> settings;

  private Target(AggregatorProcess process, List<String> settings) {
    this.process = process;
    this.settings = settings;
  }

  /**
   * Starts one.
   *
   * @param settings each as {@code key=value}
   */
  static Target start(List<String> settings) {
    return new Target(AggregatorProcess.start(JVM, settings.toArray(String[]::new)), settings);
  }

  int port() {
    return process.port();
  }

  List<String> settings() {
    return settings;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it lives and isn't stuck. */
  boolean answers() {
    try (Connection connection = new Connection(port(), STUCK_AFTER)) {
      return connection.send(Request.get("/actuator/health/liveness")).status() == 200;
    } catch (IOException stuck) {
      return false;
    }
  }

  String log() {
    return process.log();
  }

  /** Sends a request of somebody honest, on a connection of its own. */
  Connection.Answer send(Request request) throws IOException {
    return Connection.exchange(port(), request);
  }

  /** Sends a request that must succeed. */
  JsonNode require(Request request) throws IOException {
    Connection.Answer answer = send(request);
    if (answer.status() >= 300) {
      throw new IllegalStateException(
          "%s was answered %d: %s".formatted(request.line(), answer.status(), answer.text()));
    }
    return answer.body().length == 0 ? null : answer.json();
  }

  /** Bytes of the objects that are alive, after a full collection. */
  long liveBytes() {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(process.pid()),
                  "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String histogram = new String(jcmd.getInputStream().readAllBytes(), US_ASCII);
      jcmd.waitFor();
      Matcher total = TOTAL.matcher(histogram);
      if (!total.find()) {
        throw new IllegalStateException("no total in " + histogram);
      }
      return Long.parseLong(total.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The most memory that the process has had, native memory included; 0 if unknown. */
  long peakBytes() {
    try {
      Path status = Path.of("/proc/" + process.pid() + "/status");
      return Files.exists(status)
          ? Files.readString(status, UTF_8)
              .lines()
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
              .findFirst()
              .orElse(0)
          : 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Processor time that it has taken so far. */
  Duration processorTime() {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** What retained events take by right. */
  long storedBytes() throws IOException {
    return require(Request.get("/stats?top=1")).at("/bytes/stored").asLong();
  }

  /** Takes all subscriptions away, with what they hold. */
  void unsubscribe() throws IOException {
    for (JsonNode one : require(Request.get("/subscriptions")).at("/subscriptions").values()) {
      send(Request.delete("/subscriptions/" + one.at("/name").asString()));
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
