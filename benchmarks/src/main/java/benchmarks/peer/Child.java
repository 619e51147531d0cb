package benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of our own: ended with us, whatever happens, and no other is. */
public final class Child implements AutoCloseable {

  private static final int START_SECONDS = 180;
  private static final int STOP_SECONDS = 15;

  private final Process process;
  private final Path log;
  private final Thread endWithUs = new Thread(this::end);

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(endWithUs);
  }

  /** Starts a program in a directory; what it prints goes to a file beside it. */
  public static Child start(String name, Path directory, List<String> command) {
    return start(name, directory, command, Map.of());
  }

  /** Starts a program with additional environment variables. */
  public static Child start(
      String name, Path directory, List<String> command, Map<String, String> environment) {
    Path log = directory.resolve(name + ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      return new Child(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("can't start " + command.getFirst(), e);
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Processor time that it and what it started have taken so far. */
  public double cpuSeconds() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .mapToDouble(one -> one.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3)
        .sum();
  }

  /** Waits until it listens on a port on loopback. */
  public Child awaitPort(int port) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < deadline && process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return this;
      } catch (IOException notYet) {
        pause();
      }
    }
    String said = said();
    close();
    throw new IllegalStateException("nothing listens on port " + port + ": " + said);
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String said() {
    try {
      String all = Files.readString(log);
      return all.substring(Math.max(0, all.length() - 2000));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(endWithUs);
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
