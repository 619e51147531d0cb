package dev.logaggregator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs the scripts of {@code src/test/npm}, with the packages that they need. Where Node or npm is
 * missing, tests that need them are skipped; with {@code CI=true} in the environment they fail.
 */
public final class Node {

  private static final Path SOURCES = Path.of("src", "test", "npm");
  private static final Path WORK = Path.of("target", "npm");
  private static final int INSTALL_SECONDS = 120;

  private Node() {}

  /** Skips the test, or fails it in CI, where scripts can't be run. Installs what they need. */
  public static void assumeInstalled() {
    try {
      if (run(Path.of("."), "node", "--version") != 0 || run(Path.of("."), "npm", "-v") != 0) {
        missing("it doesn't run");
      }
      install();
    } catch (IOException e) {
      missing(e.getMessage());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void missing(String why) {
    String message =
        "Node or npm is missing (%s), so clients from npm weren't tried: apt-get install nodejs npm"
            .formatted(why);
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    Assumptions.abort(message);
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(WORK);
    try (var files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        copy(file);
      }
    }
    Path installed = WORK.resolve("node_modules").resolve(".package-lock.json");
    Path wanted = SOURCES.resolve("package.json");
    if (!Files.exists(installed)
        || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) < 0) {
      int status = run(WORK, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock");
      if (status != 0) {
        missing("npm install ended with " + status);
      }
    }
  }

  private static void copy(Path file) throws IOException {
    Files.copy(
        file,
        WORK.resolve(file.getFileName()),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static int run(Path directory, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  /** Puts a further script beside the others. */
  public static void write(String script, String content) {
    try {
      Files.writeString(WORK.resolve(script), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a script; what it says on stderr goes to this process'. */
  public static Process start(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
          .directory(WORK.toFile())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a script to its end and returns what it says; fails if the script does. */
  public static String run(String script, String input) {
    Process process = start(script);
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(script + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
