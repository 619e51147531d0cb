package dev.logaggregator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged service in a JVM of its own, for what only a process can show. */
public final class AggregatorProcess implements AutoCloseable {

  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 40;

  private final Process process;
  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private AggregatorProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the jar that {@code package} has made.
   *
   * @param jvmOptions such as {@code -Xmx256m}
   * @param settings each as {@code key=value}
   */
  public static AggregatorProcess start(List<String> jvmOptions, String... settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar().toString(), "--server.port=0"));
    for (String setting : settings) {
      command.add("--" + setting);
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("MALLOC_ARENA_MAX", "2"); // as in the image
      AggregatorProcess started = new AggregatorProcess(builder.start());
      Thread.ofVirtual().start(started::readLog);
      started.port.get(START_SECONDS, TimeUnit.SECONDS);
      return started;
    } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the service didn't start", e);
    }
  }

  private static Path jar() {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("pubsub-log-aggregator-.*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no jar in target: run mvn package"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readLog() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        Matcher started = STARTED.matcher(line);
        if (started.find()) {
          port.complete(Integer.parseInt(started.group(1)));
        }
      }
    } catch (IOException e) {
      log.add(e.toString());
    }
    port.completeExceptionally(new IllegalStateException("ended: " + String.join("\n", log)));
  }

  /** The address of a path with its query. */
  public URI uri(String pathAndQuery) {
    return URI.create("http://localhost:" + port.join() + pathAndQuery);
  }

  /** The port on loopback. */
  public int port() {
    return port.join();
  }

  /** Of its process. */
  public long pid() {
    return process.pid();
  }

  /** What it has logged so far. */
  public String log() {
    return String.join("\n", log);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
