package benchmarks.load;

import benchmarks.peer.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Supplier;

/** Measures the service beside its peers; see {@code benchmarks/README.md}. */
public final class Benchmark {

  private static final Map<String, Supplier<Part>> PARTS =
      Map.of(
          "single", SinglePublish::new,
          "batch", BatchPublish::new,
          "retained", Retained::new,
          "growth", Growth::new,
          "stream", Streams::new,
          "slow-streams", SlowStreams::new,
          "beside", BesideReaders::new,
          "counting", CountFields::new,
          "soak", Soak::new);

  private Benchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options = new Options(arguments);
    Path project = Path.of("").toAbsolutePath();
    Path target = project.resolve("target/benchmarks");
    Place place = new Place(project, Files.createDirectories(target.resolve("work")));
    String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now());
    Results results =
        new Results(target.resolve("results-" + time), Machine.description() + ", " + options);
    Machine.endAfter(options.number("limit-minutes"));
    Bench bench = new Bench(options, place, results);
    for (String part : options.list("parts")) {
      Supplier<Part> known = PARTS.get(part);
      if (known == null) {
        throw new IllegalArgumentException(
            "no such part: " + part + "; there are " + PARTS.keySet());
      }
      System.out.println(part);
      try {
        known.get().run(bench);
      } catch (IOException | RuntimeException failure) {
        System.out.println("  " + part + " failed");
        failure.printStackTrace(System.out);
      }
    }
    Place.write(target.resolve("results-" + time + ".md"), results.table());
    System.out.println();
    System.out.println(results.table());
    System.exit(0);
  }
}
