package benchmarks.load;

import benchmarks.events.SampleEvents;
import benchmarks.peer.Aggregator;
import java.io.IOException;
import java.util.List;

/**
 * Events of varied shape into a heap of 1.5 GB until retention is full, then on top of it for long,
 * at half of the rate that it could take: nothing may creep up, no pause may be long.
 */
final class Soak implements Part {

  private static final String PART = "soak";
  private static final List<String> HEAP = List.of("-Xmx1536m");
  private static final int TOPICS = 200;

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    SampleEvents events = SampleEvents.ofVariedShape(TOPICS);
    int connections = bench.options().number("connections");
    try (Aggregator ours = Aggregator.start(bench.place(), HEAP);
        BatchLoad load =
            new BatchLoad(events, connections, () -> new HttpSink(ours.port(), "/publish"))) {
      long batches = bench.options().number("events") / SampleEvents.BATCH_EVENTS;
      bench.add(PART, "fill", "events/s", load.runUpTo(batches));
      double most = load.runFor(bench.seconds());
      bench.add(PART, "full retention, as fast as can be", "events/s", most);
      int pausesBefore = ours.gcLog().pausesMillis().size();
      double before = load.acknowledged();
      long start = System.nanoTime();
      Samples batchMillis = load.runFor(60.0 * bench.options().number("soak-minutes"), most / 2);
      double seconds = (System.nanoTime() - start) / 1e9;
      bench.add(PART, "half of it", "events/s", (load.acknowledged() - before) / seconds);
      bench.add(PART, "publish 1,000, p50", "ms", batchMillis.median());
      bench.add(PART, "publish 1,000, p99", "ms", batchMillis.percentile(0.99));
      bench.add(PART, "publish 1,000, slowest", "ms", batchMillis.max());
      addPauses(bench, ours.gcLog().after(pausesBefore).pausesMillis(), seconds);
      bench.add(PART, "resident memory", "MB", ours.residentBytes() / 1e6);
      bench.add(PART, "live objects", "MB", ours.liveBytes() / 1e6);
      bench.profile(PART, ours, () -> load.runFor(bench.seconds()));
    }
  }

  private static void addPauses(Bench bench, List<Double> pauses, double seconds) {
    bench.add(PART, "collector's pauses", "pauses/min", pauses.size() / seconds * 60);
    if (!pauses.isEmpty()) {
      Samples samples = Samples.of(pauses.stream().mapToDouble(Double::doubleValue).toArray());
      bench.add(PART, "collector's pause, p99", "ms", samples.percentile(0.99));
      bench.add(PART, "collector's pause, longest", "ms", samples.max());
    }
  }
}
