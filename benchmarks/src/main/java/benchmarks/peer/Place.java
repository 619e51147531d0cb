package benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a run keeps its files.
 *
 * @param project the project's directory
 * @param work for whatever is written
 */
public record Place(Path project, Path work) {

  /** An empty directory for a process. */
  public Path directory(String name) {
    Path directory = work.resolve(name);
    try {
      if (Files.exists(directory)) {
        try (Stream<Path> all = Files.walk(directory)) {
          for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that belongs to the benchmarks' sources. */
  public Path resource(String name) {
    return project.resolve("benchmarks").resolve(name);
  }

  /** The class path that Maven wrote, after the given directories of {@code target}. */
  public String classPath(String name, String... targets) {
    StringBuilder path = new StringBuilder();
    for (String target : targets) {
      path.append(project.resolve("target").resolve(target)).append(':');
    }
    return path + read(project.resolve("target/benchmarks").resolve(name + ".path")).strip();
  }

  /** A program of the JDK that runs this. */
  public static String jdk(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  /** A port that nobody listens on. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of a file. */
  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file. */
  public static Path write(Path file, String content) {
    try {
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
