package benchmarks.load;

import benchmarks.peer.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;

/** Where the benchmark runs. */
final class Machine {

  private Machine() {}

  static String description() {
    String cpu = "unknown processor";
    for (String line : Place.read(Path.of("/proc/cpuinfo")).split("\n")) {
      if (line.startsWith("model name")) {
        cpu = line.substring(line.indexOf(':') + 1).strip();
        break;
      }
    }
    String memory = Place.read(Path.of("/proc/meminfo")).split("\n")[0].replaceAll("\\D", "");
    return LocalDate.now()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores of "
        + cpu
        + ", "
        + Long.parseLong(memory) / (1 << 20)
        + " GiB, Java "
        + Runtime.version()
        + ", load average at start "
        + Place.read(Path.of("/proc/loadavg")).split(" ")[0];
  }

  /** Ends the program, and thereby all that it started, after so long. */
  static void endAfter(int minutes) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                Thread.sleep(Duration.ofMinutes(minutes));
              } catch (InterruptedException e) {
                return;
              }
              System.out.println("ended after " + minutes + " minutes");
              System.exit(1);
            });
  }
}
