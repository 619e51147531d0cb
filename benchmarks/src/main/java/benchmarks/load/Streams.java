package benchmarks.load;

import benchmarks.peer.Aggregator;
import benchmarks.peer.Nginx;
import benchmarks.peer.Peer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** From publishing to a reader of server-sent events, and to a thousand of them. */
final class Streams implements Part {

  private static final String PART = "stream";
  private static final int ONE_READER_RATE = 5_000;
  private static final int MANY_READERS_RATE = 200;
  private static final int FULL_RATE = 2_000;

  private record Target(Peer server, String publish, String subscribe) {}

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    try (Aggregator ours =
            bench.startAggregator(
                "server.tomcat.max-connections=6000",
                "aggregator.stream.max-streams=4000",
                "aggregator.stream.max-streams-per-client=4000");
        Nginx nginx = bench.peer("nginx", Nginx::new)) {
      Map<String, Target> targets = new LinkedHashMap<>();
      targets.put("ours", new Target(ours, "/publish", "/events"));
      if (nginx != null) {
        targets.put("nchan", new Target(nginx, "/publish", "/subscribe"));
      }
      bench.warmUp(
          targets,
          target -> {
            measure(bench, null, target, 1, ONE_READER_RATE, bench.warmupSeconds());
            measure(bench, null, target, readers(bench), FULL_RATE, bench.warmupSeconds());
          });
      for (int run = 0; run < bench.runs(); run++) {
        for (Map.Entry<String, Target> entry : targets.entrySet()) {
          String name = entry.getKey();
          Target target = entry.getValue();
          measure(bench, name, target, 1, ONE_READER_RATE, bench.seconds());
          measure(bench, name, target, readers(bench), MANY_READERS_RATE, bench.seconds());
          measure(bench, name, target, readers(bench), FULL_RATE, bench.seconds());
        }
      }
      Target target = targets.get("ours");
      if (target != null) {
        bench.profile(
            PART,
            ours,
            () -> measure(bench, null, target, readers(bench), FULL_RATE, bench.seconds()));
      }
    }
  }

  private static int readers(Bench bench) {
    return bench.options().number("readers");
  }

  /** Results are added under a name; a warm-up has none. */
  private static void measure(
      Bench bench, String name, Target target, int count, int rate, int seconds)
      throws IOException, InterruptedException {
    try (SseReaders readers = new SseReaders(target.server.port(), target.subscribe, count);
        PacedEvents publisher = new PacedEvents(target.server.port(), target.publish)) {
      publisher.run(1, Math.min(rate, MANY_READERS_RATE));
      readers.reset();
      double cpu = target.server.process().cpuSeconds();
      long before = readers.delivered();
      long start = System.nanoTime();
      long published = publisher.run(seconds, rate);
      double delivered = readers.delivered() - before;
      double took = (System.nanoTime() - start) / 1e9;
      cpu = target.server.process().cpuSeconds() - cpu;
      readers.check();
      if (name != null) {
        String subject = name + ", " + count + " readers, " + rate + " events/s wanted";
        Samples times = readers.times();
        bench.add(PART, subject + ": published", "events/s", published / took);
        bench.add(PART, subject + ": delivered", "events/s", delivered / took);
        bench.add(PART, subject + ": on its way, p50", "ms", times.median());
        bench.add(PART, subject + ": on its way, p99", "ms", times.percentile(0.99));
        bench.add(PART, subject + ": processor", "µs/delivery", 1e6 * cpu / delivered);
      }
    }
  }
}
