package benchmarks.load;

import benchmarks.peer.Aggregator;
import benchmarks.peer.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What all parts share: the options, where files go, and the results. */
record Bench(Options options, Place place, Results results) {

  /** A step of a part that may fail as its connections do. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException, InterruptedException;
  }

  int runs() {
    return options.number("runs");
  }

  int seconds() {
    return options.number("seconds");
  }

  int warmupSeconds() {
    return options.number("warmup");
  }

  void add(String part, String subject, String unit, double value) {
    results.add(part, subject, unit, value);
  }

  /** Warms up all subjects; one that fails is left out from then on. */
  <T> void warmUp(Map<String, T> subjects, Warming<T> warming) throws InterruptedException {
    for (String subject : List.copyOf(subjects.keySet())) {
      try {
        warming.warm(subjects.get(subject));
      } catch (IOException failure) {
        System.out.println("  left out: " + subject + ", since " + failure.getMessage());
        subjects.remove(subject);
      }
    }
  }

  /** Gives a subject some load. */
  @FunctionalInterface
  interface Warming<T> {
    void warm(T subject) throws IOException, InterruptedException;
  }

  /** The service with the JVM flags of the command line. */
  Aggregator startAggregator(String... settings) {
    return Aggregator.start(place, options.jvm(), settings);
  }

  /** A peer, if the command line wants it; else null. */
  <T> T peer(String name, Function<Place, T> start) {
    return options.list("peers").contains(name) ? start.apply(place) : null;
  }

  /** Runs something once more while the service is recorded, if the command line says so. */
  void profile(String name, Aggregator aggregator, Step step)
      throws IOException, InterruptedException {
    if (options.flag("profile")) {
      String file = name.replaceAll("[^A-Za-z0-9]+", "-");
      Path recording = place.work().resolve(file + ".jfr");
      aggregator.startRecording();
      step.run();
      aggregator.stopRecording(recording);
      String profile = Profile.of(recording);
      Place.write(place.work().resolve(file + ".profile.txt"), profile);
      System.out.println(profile);
    }
  }
}
