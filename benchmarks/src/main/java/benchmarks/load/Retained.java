package benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import benchmarks.events.SampleEvents;
import benchmarks.peer.Aggregator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What ten million retained events cost: memory, the newest hundred, a search through all of them
 * beside {@code grep} and beside publishers, the figures.
 */
final class Retained implements Part {

  private static final String PART = "retained";
  private static final int TOPICS = 1_000;
  private static final int REQUESTS = 1_000;
  private static final String NEVER_TRUE = "field comparison, never true";
  private static final String RARE_WORD = "quokkatreiber";
  private static final String RARE_EVENT =
      "{\"id\":\"rare\",\"timestamp\":\"2026-11-22T00:00:00.500Z\",\"topic\":\"shop.checkout.t0\","
          + "\"level\":\"INFO\",\"payload\":{\"message\":\"the only "
          + RARE_WORD
          + "\",\"status\":299}}\n";

  private final Map<String, String> pages = new LinkedHashMap<>();
  private final Map<String, String> searches = new LinkedHashMap<>();

  Retained() {
    pages.put("newest 100 of all", "/events");
    pages.put("newest 100 of a large topic", "/events?topic=shop.checkout.t0");
    pages.put("newest 100 of a small topic", "/events?topic=shop.catalog.t991");
    pages.put("newest 100, level", "/events?level=INFO");
    pages.put("newest 100, payload field", "/events?q=status:200");
    pages.put("newest 100, word", "/events?q=authorized");
    pages.put("oldest 100, payload field", "/events?order=asc&q=status:200");
    searches.put("word that is absent", "/events?q=absentquokka");
    searches.put("word that is present once", "/events?q=" + RARE_WORD);
    searches.put("number that is absent, each 3 of its digits aren't", "/events?q=98765432101");
    searches.put(NEVER_TRUE, "/events?q=bytes%20%3E%20999999999");
    searches.put("field equals, once", "/events?q=status:299");
  }

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    long batches = bench.options().number("events") / SampleEvents.BATCH_EVENTS;
    SampleEvents events = SampleEvents.ofTopics(TOPICS);
    int connections = bench.options().number("connections");
    try (Aggregator ours = bench.startAggregator("aggregator.retention.max-bytes=3GB");
        BatchLoad load = new BatchLoad(events, connections, () -> sink(ours))) {
      stats(bench, ours, "no events");
      long empty = ours.liveBytes();
      load.runUpTo(1);
      stats(bench, ours, "1,000 events");
      load.runUpTo(batches / 2);
      sendRareEvent(ours);
      bench.add(PART, "fill", "events/s", load.runUpTo(batches));
      try (HttpConnection connection = new HttpConnection(ours.port())) {
        bench.add(PART, "until all lie in columns", "s", InColumns.await(connection));
      }
      double retained = load.acknowledged();
      bench.add(PART, "heap, live", "bytes/event", (ours.liveBytes() - empty) / retained);
      bench.add(PART, "resident memory", "MB", ours.residentBytes() / 1e6);
      stats(bench, ours, "all events");
      try (HttpConnection connection = new HttpConnection(ours.port())) {
        pages(bench, connection);
        searches(bench, connection);
      }
      new BesideScan(bench, ours, load, searches.get(NEVER_TRUE)).run();
      grep(bench, events, batches);
      profileSearch(bench, ours, "field", NEVER_TRUE);
      profileSearch(bench, ours, "word", "number that is absent, each 3 of its digits aren't");
    }
  }

  private void profileSearch(Bench bench, Aggregator ours, String name, String search)
      throws IOException, InterruptedException {
    try (HttpConnection connection = new HttpConnection(ours.port())) {
      bench.profile(name, ours, () -> search(connection, search));
    }
  }

  private static Sink sink(Aggregator ours) throws IOException {
    return new HttpSink(ours.port(), "/publish");
  }

  private static void sendRareEvent(Aggregator ours) throws IOException {
    byte[] event = RARE_EVENT.getBytes(US_ASCII);
    try (HttpConnection connection = new HttpConnection(ours.port())) {
      connection.post("/publish", "application/x-ndjson", event, 0, event.length);
    }
  }

  private static void stats(Bench bench, Aggregator ours, String when) throws IOException {
    try (HttpConnection connection = new HttpConnection(ours.port())) {
      stats(bench, connection, when);
    }
  }

  private static void stats(Bench bench, HttpConnection connection, String when)
      throws IOException {
    Latency.of(connection, 200, "/stats", REQUESTS);
    for (int run = 0; run < bench.runs(); run++) {
      addLatency(bench, "/stats, " + when, Latency.of(connection, 200, "/stats", REQUESTS));
      String tag = "If-None-Match: " + connection.header("ETag");
      addLatency(
          bench, "/stats, 304, " + when, Latency.of(connection, 304, "/stats", REQUESTS, tag));
    }
  }

  private void pages(Bench bench, HttpConnection connection) throws IOException {
    for (String path : pages.values()) {
      Latency.of(connection, 200, path, REQUESTS);
    }
    for (int run = 0; run < bench.runs(); run++) {
      for (Map.Entry<String, String> page : pages.entrySet()) {
        addLatency(bench, page.getKey(), Latency.of(connection, 200, page.getValue(), REQUESTS));
      }
    }
  }

  private static void addLatency(Bench bench, String subject, Samples millis) {
    bench.add(PART, subject + ", p50", "ms", millis.median());
    bench.add(PART, subject + ", p99", "ms", millis.percentile(0.99));
  }

  private void searches(Bench bench, HttpConnection connection) throws IOException {
    for (String search : searches.keySet()) {
      search(connection, search);
    }
    for (int run = 0; run < bench.runs(); run++) {
      for (String search : searches.keySet()) {
        bench.add(PART, search, "ms", search(connection, search));
      }
    }
  }

  private double search(HttpConnection connection, String name) throws IOException {
    return Latency.of(connection, 200, searches.get(name), 1).median();
  }

  private static void grep(Bench bench, SampleEvents events, long batches)
      throws IOException, InterruptedException {
    Grep grep = new Grep(bench.place(), events, batches, RARE_EVENT);
    bench.add(PART, "file compressed by zstd", "bytes/event", grep.bytesPerEvent());
    for (int run = 0; run < bench.runs(); run++) {
      bench.add(PART, "zstd -dc | grep -cF absent word", "ms", grep.millis("absentquokka"));
      bench.add(PART, "zstd -dc | grep -cF word present once", "ms", grep.millis(RARE_WORD));
    }
  }
}
