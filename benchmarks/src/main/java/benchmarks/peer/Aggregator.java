package benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service under test, in a JVM of its own, with the empty handler that it is compared with. */
public final class Aggregator implements Peer {

  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  private final Child process;
  private final int port;
  private final Path directory;

  private Aggregator(Child process, int port, Path directory) {
    this.process = process;
    this.port = port;
    this.directory = directory;
  }

  /**
   * Starts it.
   *
   * @param jvm flags, such as {@code -Xmx4g}
   * @param settings each as {@code key=value}
   */
  public static Aggregator start(Place place, List<String> jvm, String... settings) {
    Path directory = place.directory("aggregator");
    int port = Place.freePort();
    List<String> command = new ArrayList<>();
    command.add(Place.jdk("java"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
    command.add("-XX:+UseTransparentHugePages"); // as in the image
    command.add("-XX:FlightRecorderOptions:stackdepth=128");
    command.addAll(jvm);
    command.add("-Xlog:gc*:file=" + directory.resolve("gc.log"));
    copyHandler(place, directory.resolve("handler"));
    command.add("-cp");
    command.add(directory.resolve("handler") + ":" + place.classPath("service", "classes"));
    command.add("benchmarks.service.AggregatorWithEmptyHandler");
    command.add("--server.port=" + port);
    for (String setting : settings) {
      command.add("--" + setting);
    }
    Child process = Child.start("aggregator", directory, command).awaitPort(port);
    return new Aggregator(process, port, directory);
  }

  /** Only the handler may be on the class path, none of what the benchmarks themselves need. */
  private static void copyHandler(Place place, Path target) {
    Path classes = Path.of("benchmarks", "service");
    Path from = place.project().resolve("target/test-classes").resolve(classes);
    try (var files = Files.list(from)) {
      Files.createDirectories(target.resolve(classes));
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(classes).resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  /** Bytes of the objects that are alive, after a full collection. */
  public long liveBytes() {
    String histogram = jcmd("GC.class_histogram");
    Place.write(directory.resolve("heap.txt"), histogram);
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new IllegalStateException("no total in " + histogram);
    }
    return Long.parseLong(total.group(1));
  }

  /** Resident memory, in bytes. */
  public long residentBytes() {
    for (String line : Place.read(Path.of("/proc/" + process.pid() + "/status")).split("\n")) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IllegalStateException("no resident size of " + process.pid());
  }

  /** What the collector logged. */
  public GcLog gcLog() {
    return GcLog.parse(Place.read(directory.resolve("gc.log")));
  }

  /** Starts to record where time goes. */
  public void startRecording() {
    jcmd(
        "JFR.start",
        "name=benchmark",
        "settings=profile",
        "jdk.CPUTimeSample#enabled=true",
        "jdk.CPUTimeSample#throttle=1ms");
  }

  /** Ends the recording, which goes to this file. */
  public void stopRecording(Path file) {
    jcmd("JFR.stop", "name=benchmark", "filename=" + file);
  }

  private String jcmd(String... command) {
    List<String> all = new ArrayList<>(List.of(Place.jdk("jcmd"), Long.toString(process.pid())));
    all.addAll(List.of(command));
    try {
      Process jcmd = new ProcessBuilder(all).redirectErrorStream(true).start();
      String said = new String(jcmd.getInputStream().readAllBytes());
      jcmd.waitFor();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Child process() {
    return process;
  }
}
