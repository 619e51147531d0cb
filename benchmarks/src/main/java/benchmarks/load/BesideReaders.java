package benchmarks.load;

import benchmarks.events.SampleEvents;
import benchmarks.peer.Aggregator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What a publish takes beside those who let much be read: backlogs of subscriptions that are
 * counted, large topics that are deleted, scans of everything; and alone, in turns.
 */
final class BesideReaders implements Part {

  private static final String PART = "beside";
  private static final int PER_SECOND = 1_000;
  private static final int MANY = 1_000;
  private static final int SCANS = 4;

  /** The largest so many topics have a fifth of all events. */
  private static final int DELETED = 10;

  private static final int DELETED_SHARE = 5;
  private static final long DELETE_EVERY_NANOS = 200_000_000;

  /** Never true, and nothing can be skipped for it. */
  private static final String NEVER_TRUE = "bytes%20%3E%20999999999";

  private static final String DEFINITION =
      "{\"start\":\"earliest\",\"q\":\"bytes > 999999999 or millis > 999999999\"}";

  private final Map<String, Work> works = new LinkedHashMap<>();
  private final AtomicInteger deleted = new AtomicInteger();

  /** What somebody does over and over on a connection of his own. */
  @FunctionalInterface
  private interface Work {
    void once(HttpConnection connection, int round) throws IOException;
  }

  BesideReaders() {
    works.put("one subscription's backlog counted", (connection, round) -> recount(connection, 0));
    works.put(
        "a thousand subscriptions' backlogs counted",
        (connection, round) -> recount(connection, round % MANY));
    works.put("deletes of large topics", (connection, round) -> deleteNext(connection));
    works.put(
        "scans of everything",
        (connection, round) ->
            connection.get(
                round % 2 == 0
                    ? "/events?q=" + NEVER_TRUE
                    : "/stats/values?field=traceId&limit=10"));
  }

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    long batches = bench.options().number("events") / SampleEvents.BATCH_EVENTS;
    try (Aggregator ours = bench.startAggregator("aggregator.retention.max-bytes=3GB");
        BatchLoad load =
            new BatchLoad(
                SampleEvents.ofTopics(MANY),
                bench.options().number("connections"),
                () -> new HttpSink(ours.port(), "/publish"));
        PacedEvents events = new PacedEvents(ours.port(), "/publish")) {
      load.runUpTo(batches);
      events.run(bench.warmupSeconds(), PER_SECOND);
      for (int run = 0; run < bench.runs(); run++) {
        for (Map.Entry<String, Work> work : works.entrySet()) {
          measure(bench, events, "alone");
          subscribe(ours, work.getKey());
          measureBeside(bench, ours, events, work);
          unsubscribe(ours);
        }
        deleted.set(0);
        load.runUpTo(batches + batches / DELETED_SHARE * (run + 1));
      }
    }
  }

  private static void subscribe(Aggregator ours, String work) throws IOException {
    int count = work.startsWith("one ") ? 1 : work.startsWith("a thousand ") ? MANY : 0;
    try (HttpConnection connection = new HttpConnection(ours.port())) {
      for (int i = 0; i < count; i++) {
        connection.put("/subscriptions/s" + i, DEFINITION);
      }
    }
  }

  private static void unsubscribe(Aggregator ours) throws IOException {
    try (HttpConnection connection = new HttpConnection(ours.port())) {
      for (int i = 0; i < MANY && connection.delete("/subscriptions/s" + i) < 300; i++) {
        // Until there is none.
      }
    }
  }

  /** From the beginning again, so that the backlog has to be counted anew. */
  private static void recount(HttpConnection connection, int number) throws IOException {
    connection.post("/subscriptions/s" + number + "/seek", "{\"to\":\"earliest\"}");
    connection.get("/subscriptions/s" + number);
  }

  private void deleteNext(HttpConnection connection) throws IOException {
    int number = deleted.getAndIncrement();
    if (number < DELETED) {
      connection.delete("/topics/" + SampleEvents.topic(number));
    }
    LockSupport.parkNanos(DELETE_EVERY_NANOS);
  }

  private static void measure(Bench bench, PacedEvents events, String subject)
      throws IOException, InterruptedException {
    events.run(bench.seconds(), PER_SECOND);
    Samples millis = events.times();
    bench.add(PART, "publish, " + subject + ", p50", "ms", millis.median());
    bench.add(PART, "publish, " + subject + ", p99", "ms", millis.percentile(0.99));
    bench.add(PART, "publish, " + subject + ", longest", "ms", millis.max());
  }

  private static void measureBeside(
      Bench bench, Aggregator ours, PacedEvents events, Map.Entry<String, Work> work)
      throws IOException, InterruptedException {
    try (ExecutorService workers = Executors.newFixedThreadPool(SCANS)) {
      long end = System.nanoTime() + bench.seconds() * 1_000_000_000L;
      List<Future<Integer>> rounds = new ArrayList<>();
      for (int i = 0; i < SCANS; i++) {
        rounds.add(workers.submit(() -> workUntil(end, ours, work.getValue())));
      }
      measure(bench, events, "beside " + work.getKey());
      int done = 0;
      for (Future<Integer> worker : rounds) {
        done += worker.get();
      }
      bench.add(PART, work.getKey() + " meanwhile", "requests", done);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static int workUntil(long end, Aggregator ours, Work work) throws IOException {
    int round = 0;
    try (HttpConnection connection = new HttpConnection(ours.port())) {
      for (; System.nanoTime() < end; round++) {
        work.once(connection, round);
      }
    }
    return round;
  }
}
