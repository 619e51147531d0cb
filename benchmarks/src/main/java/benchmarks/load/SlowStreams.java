package benchmarks.load;

import benchmarks.peer.Aggregator;
import java.io.IOException;

/**
 * What streams that nobody reads cost the others and the publishers: 2,000 of them, of which a
 * third never read, a third read a byte a second, and a third read.
 */
final class SlowStreams implements Part {

  private static final String PART = "slow-streams";
  private static final int STREAMS = 2_000;
  private static final int GOOD = STREAMS / 3;
  private static final int NEVER_READING = STREAMS / 3;

  /** Events a second that the good ones follow; besides these, as many as go are published. */
  private static final int FOLLOWED_RATE = 100;

  private static final double AS_MANY_AS_GO = 1e9;
  private static final String FOLLOWED = "/events?topic=shop.checkout.t0";
  private static final double MEGABYTE = 1 << 20;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    try (Aggregator ours =
        bench.startAggregator(
            "aggregator.retention.max-bytes=512MB",
            "server.tomcat.max-connections=6000",
            "aggregator.stream.max-streams=4000",
            "aggregator.stream.max-streams-per-client=4000")) {
      measure(bench, ours, null, GOOD, bench.warmupSeconds());
      for (int run = 0; run < bench.runs(); run++) {
        measure(bench, ours, "no streams", 0, bench.seconds());
        measure(bench, ours, GOOD + " that read", GOOD, bench.seconds());
        String all = STREAMS + ", of which " + GOOD + " read";
        try (StuckReaders stuck =
            new StuckReaders(ours.port(), "/events?after=-1", STREAMS - GOOD, NEVER_READING)) {
          measure(bench, ours, all, GOOD, bench.seconds());
        }
      }
    }
  }

  /** Results are added under a name; a warm-up has none. */
  private static void measure(
      Bench bench, Aggregator ours, String name, int readerCount, int seconds)
      throws IOException, InterruptedException {
    try (SseReaders readers = new SseReaders(ours.port(), FOLLOWED, readerCount);
        PacedEvents followed = new PacedEvents(ours.port(), "/publish");
        PacedEvents bulk = new PacedEvents(ours.port(), "/publish/bulk")) {
      followed.run(1, FOLLOWED_RATE);
      awaitQuiet(readers);
      readers.reset();
      long before = readers.delivered();
      double cpu = ours.process().cpuSeconds();
      Following following = new Following(followed, seconds);
      long start = System.nanoTime();
      double published = bulk.run(seconds, AS_MANY_AS_GO);
      double rate = published * 1e9 / (System.nanoTime() - start);
      cpu = ours.process().cpuSeconds() - cpu;
      long wanted = following.published() * readerCount;
      awaitDelivered(readers, before + wanted);
      readers.check();
      if (name != null) {
        bench.add(PART, name + ": published", "events/s", rate);
        bench.add(PART, name + ": processor", "µs/event published", 1e6 * cpu / published);
        if (readerCount > 0) {
          long missing = before + wanted - readers.delivered();
          bench.add(PART, name + ": not delivered to those that read", "events", missing);
          bench.add(PART, name + ": on its way, p50", "ms", readers.times().median());
          bench.add(PART, name + ": on its way, p99", "ms", readers.times().percentile(0.99));
        }
        bench.add(PART, name + ": live heap", "MB", ours.liveBytes() / MEGABYTE);
        bench.add(PART, name + ": resident", "MB", ours.residentBytes() / MEGABYTE);
      }
    }
  }

  private static void awaitDelivered(SseReaders readers, long count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (readers.delivered() < count && System.nanoTime() < end) {
      Thread.sleep(10);
    }
  }

  /** By then, all of them are connected and have what there is. */
  private static void awaitQuiet(SseReaders readers) throws InterruptedException {
    long before = -1;
    while (readers.delivered() > before) {
      before = readers.delivered();
      Thread.sleep(1_000);
    }
  }

  /** Publishes what the good ones follow, in a thread of its own. */
  private static final class Following {

    private final Thread thread;
    private volatile long published;
    private volatile IOException failed;

    Following(PacedEvents events, int seconds) {
      thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      published = events.run(seconds, FOLLOWED_RATE);
                    } catch (IOException e) {
                      failed = e;
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
    }

    long published() throws IOException, InterruptedException {
      thread.join();
      if (failed != null) {
        throw failed;
      }
      return published;
    }
  }
}
