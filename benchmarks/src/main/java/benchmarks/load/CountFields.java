package benchmarks.load;

import benchmarks.events.SampleEvents;
import benchmarks.peer.Aggregator;
import benchmarks.peer.DuckDb;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finding by fields of ten million events, and counting over them, once they lie in columns; beside
 * DuckDB with the same events as a table, and {@code grep} over them as a compressed file.
 */
final class CountFields implements Part {

  private static final String PART = "counting";
  private static final int TOPICS = 50;
  private static final int BATCHES_A_FILE = 1_000;

  /** What is asked of both; of DuckDB only where it isn't empty. */
  private record Question(String name, String path, String sql) {}

  private static final List<Question> QUESTIONS =
      List.of(
          new Question(
              "one of 100,000 values, whole events",
              "/events?q=customer:%20c-98850&limit=10000",
              "SELECT * FROM events WHERE customer = 'c-98850'"),
          new Question(
              "a number that no event reaches",
              "/events?q=amount%20%3E%201000000",
              "SELECT * FROM events WHERE amount > 1000000"),
          new Question(
              "a phrase, a text field and a number",
              "/events?q=%22answered%20late%22%20and%20currency:%20EUR%20and%20amount%20%3C%200.01"
                  + "&limit=10000",
              "SELECT * FROM events WHERE msg LIKE '%answered late%' AND currency = 'EUR'"
                  + " AND amount < 0.01"),
          new Question("digits that no number has, in any field", "/events?q=98765432101", ""),
          new Question("a word that is absent", "/events?q=absentquokka", ""),
          new Question(
              "values of a field with 4 values",
              "/stats/values?field=status",
              "SELECT status, count(*) c FROM events GROUP BY 1 ORDER BY c DESC LIMIT 20"),
          new Question(
              "the ten most frequent of 100,000 values",
              "/stats/values?field=customer&limit=10",
              "SELECT customer, count(*) c FROM events GROUP BY 1 ORDER BY c DESC LIMIT 10"),
          new Question(
              "histogram by level, a minute",
              "/stats/histogram?by=level&interval=1m",
              "SELECT date_trunc('minute', timestamp) t, level, count(*) FROM events"
                  + " GROUP BY 1, 2 ORDER BY 1"),
          new Question(
              "p95 of a number by topic",
              "/stats/values?field=topic&of=amount&fn=p95&limit=50",
              "SELECT topic, count(*) c, approx_quantile(amount, 0.95) FROM events"
                  + " GROUP BY 1 ORDER BY c DESC"),
          new Question("fields of everything", "/stats/fields", "SUMMARIZE events"));

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    long batches = bench.options().number("events") / SampleEvents.BATCH_EVENTS;
    SampleEvents events = SampleEvents.ofOrders(TOPICS);
    int connections = bench.options().number("connections");
    try (DuckDb duckDb = bench.peer("duckdb", DuckDb::new);
        Aggregator ours = bench.startAggregator("aggregator.retention.max-bytes=3GB");
        BatchLoad load =
            new BatchLoad(events, connections, () -> new HttpSink(ours.port(), "/publish"))) {
      long empty = ours.liveBytes();
      bench.add(PART, "fill", "events/s", load.runUpTo(batches));
      if (duckDb != null) {
        double seconds = fill(duckDb, events, batches, bench.place().directory("orders"));
        bench.add(PART, "fill, DuckDB", "events/s", batches * SampleEvents.BATCH_EVENTS / seconds);
      }
      try (HttpConnection connection = new HttpConnection(ours.port())) {
        bench.add(PART, "until all lie in columns", "s", InColumns.await(connection));
        double retained = load.acknowledged();
        bench.add(PART, "heap, live", "bytes/event", (ours.liveBytes() - empty) / retained);
        ask(bench, connection, duckDb);
        for (Question question : QUESTIONS) {
          bench.profile(question.name, ours, () -> millis(connection, question));
        }
      }
      grep(bench, events, batches);
    }
  }

  private static void grep(Bench bench, SampleEvents events, long batches)
      throws IOException, InterruptedException {
    if (bench.options().list("peers").contains("grep")) {
      Grep grep = new Grep(bench.place(), events, batches, "");
      for (int run = 0; run < bench.runs(); run++) {
        bench.add(PART, "zstd -dc | grep -cF absent word", "ms", grep.millis("absentquokka"));
      }
    }
  }

  /** Returns for how many seconds it was loading. */
  private static double fill(DuckDb duckDb, SampleEvents events, long batches, Path directory)
      throws IOException {
    Path file = directory.resolve("events.ndjson");
    long nanos = 0;
    for (long batch = 0; batch < batches; batch += BATCHES_A_FILE) {
      try (OutputStream out = Files.newOutputStream(file)) {
        events.write(batch, Math.min(BATCHES_A_FILE, batches - batch), out);
      }
      long start = System.nanoTime();
      duckDb.load(file);
      nanos += System.nanoTime() - start;
    }
    Files.delete(file);
    return nanos / 1e9;
  }

  /** The first answers are not measured. */
  private static void ask(Bench bench, HttpConnection connection, DuckDb duckDb)
      throws IOException {
    for (int run = -1; run < bench.runs(); run++) {
      for (Question question : QUESTIONS) {
        double ours = millis(connection, question);
        boolean both = duckDb != null && !question.sql.isEmpty();
        double theirs = both ? duckDb.millis(question.sql) : 0;
        if (run >= 0) {
          bench.add(PART, question.name, "ms", ours);
        }
        if (run >= 0 && both) {
          bench.add(PART, question.name + ", DuckDB", "ms", theirs);
        }
      }
    }
  }

  private static double millis(HttpConnection connection, Question question) throws IOException {
    return Latency.of(connection, 200, question.path, 1).median();
  }
}
