package benchmarks.load;

import benchmarks.events.SampleEvents;
import benchmarks.peer.Aggregator;
import benchmarks.peer.Place;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How the cost of publishing, reading and counting grows with what is retained, and with topics.
 */
final class Growth implements Part {

  private static final String PART = "growth";
  private static final int REQUESTS = 1_000;
  private static final int BATCH_REQUESTS = 200;
  private static final long WARM_EVENTS = 2_000_000;
  private static final long[] EVENTS = {10_000, 100_000, 1_000_000, 10_000_000};
  private static final int[] TOPICS = {1, 10, 100, 1_000, 10_000, 100_000};
  private static final int TOPICS_OF_EVENTS = 1_000;
  private static final long EVENTS_OF_TOPICS = 1_000_000;

  private final Map<String, String> requests = new LinkedHashMap<>();
  private final StringBuilder csv = new StringBuilder("axis,at,what,p50_ms,p99_ms\n");
  private final Plot events = new Plot("retained events (1,000 topics)");
  private final Plot topics = new Plot("topics (1,000,000 events)");

  Growth() {
    requests.put("newest 100 of all", "/events");
    requests.put("newest 100 of a topic", "/events?topic=shop.checkout.t0");
    requests.put("newest 100, field", "/events?q=status:200");
    requests.put("stats", "/stats");
    requests.put("stats, top 10", "/stats?top=10");
  }

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    for (long count : EVENTS) {
      if (count <= bench.options().number("events")) {
        measure(bench, "events", events, count, count, TOPICS_OF_EVENTS);
      }
    }
    for (int count : TOPICS) {
      measure(bench, "topics", topics, count, EVENTS_OF_TOPICS, count);
    }
    Place.write(bench.place().work().resolve("growth.csv"), csv.toString());
    Place.write(bench.place().work().resolve("growth.svg"), Plot.svg(events, topics));
  }

  private void measure(Bench bench, String axis, Plot plot, long at, long retained, int topicCount)
      throws IOException, InterruptedException {
    SampleEvents sample = SampleEvents.spreadOver(topicCount);
    int connections = bench.options().number("connections");
    try (Aggregator ours =
            bench.startAggregator(
                "aggregator.retention.max-bytes=3GB",
                "aggregator.retention.max-events=" + retained);
        BatchLoad load = new BatchLoad(sample, connections, () -> sink(ours))) {
      long batches = Math.max(retained, WARM_EVENTS) / SampleEvents.BATCH_EVENTS;
      load.runUpTo(batches);
      measure(bench, axis, plot, at, ours, sample, 2 * batches);
    }
  }

  private void measure(
      Bench bench, String axis, Plot plot, long at, Aggregator ours, SampleEvents sample, long next)
      throws IOException {
    try (HttpConnection connection = new HttpConnection(ours.port())) {
      add(bench, axis, plot, at, "publish 1,000", batches(connection, sample, next));
      add(bench, axis, plot, at, "publish one", singles(connection, sample, next + 1_000));
      for (Map.Entry<String, String> request : requests.entrySet()) {
        Latency.of(connection, 200, request.getValue(), REQUESTS);
        add(
            bench,
            axis,
            plot,
            at,
            request.getKey(),
            Latency.of(connection, 200, request.getValue(), REQUESTS));
      }
    }
  }

  private static Sink sink(Aggregator ours) throws IOException {
    return new HttpSink(ours.port(), "/publish");
  }

  private void add(Bench bench, String axis, Plot plot, long at, String what, Samples millis) {
    bench.add(PART, what + ", " + at + " " + axis + ", p50", "ms", millis.median());
    double p99 = millis.percentile(0.99);
    csv.append(
        String.format(
            Locale.ROOT, "%s,%d,%s,%.4f,%.4f%n", axis, at, quoted(what), millis.median(), p99));
    plot.add(what, at, millis.median());
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static Samples batches(HttpConnection connection, SampleEvents sample, long first)
      throws IOException {
    double[] millis = new double[BATCH_REQUESTS];
    for (int i = 0; i < millis.length; i++) {
      byte[] bytes = sample.batch(first + i).bytes();
      long start = System.nanoTime();
      connection.post("/publish", "application/x-ndjson", bytes, 0, bytes.length);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return Samples.of(millis);
  }

  private static Samples singles(HttpConnection connection, SampleEvents sample, long number)
      throws IOException {
    SampleEvents.Batch batch = sample.batch(number);
    double[] millis = new double[batch.size()];
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      connection.post("/publish", "application/json", batch.bytes(), batch.start(i), batch.end(i));
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return Samples.of(millis);
  }
}
