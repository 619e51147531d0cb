package benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import benchmarks.peer.Aggregator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a search through everything, which finds nothing, costs those who publish meanwhile; and
 * what it goes on to cost when its client has gone.
 */
final class BesideScan {

  private static final String PART = "retained";

  /** Batches of a thousand at a fraction of what is possible. */
  private static final double EVENTS_PER_SECOND = 100_000;

  private static final long LEFT_AFTER_MILLIS = 100;
  private static final long WATCHED_MILLIS = 2_000;

  private final Bench bench;
  private final Aggregator ours;
  private final BatchLoad load;
  private final String search;

  /**
   * @param search the path of a search that must read everything
   */
  BesideScan(Bench bench, Aggregator ours, BatchLoad load, String search) {
    this.bench = bench;
    this.ours = ours;
    this.load = load;
    this.search = search;
  }

  void run() throws IOException, InterruptedException {
    load.runFor(bench.seconds(), EVENTS_PER_SECOND);
    for (int run = 0; run < bench.runs(); run++) {
      publish("publishing 100,000/s alone");
      publishBesideScans();
      abandon();
    }
  }

  private void publish(String subject) throws IOException, InterruptedException {
    double before = load.acknowledged();
    long start = System.nanoTime();
    Samples millis = load.runFor(bench.seconds(), EVENTS_PER_SECOND);
    double seconds = (System.nanoTime() - start) / 1e9;
    bench.add(PART, subject, "events/s", (load.acknowledged() - before) / seconds);
    bench.add(PART, subject + ", 1,000 events, p50", "ms", millis.median());
    bench.add(PART, subject + ", 1,000 events, p99", "ms", millis.percentile(0.99));
  }

  private void publishBesideScans() throws IOException, InterruptedException {
    try (ExecutorService searcher = Executors.newSingleThreadExecutor()) {
      long end = System.nanoTime() + bench.seconds() * 1_000_000_000L;
      Future<Integer> searches = searcher.submit(() -> searchUntil(end));
      publish("publishing 100,000/s beside searches of everything");
      bench.add(PART, "searches of everything meanwhile", "searches", searches.get());
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private int searchUntil(long end) throws IOException {
    int searches = 0;
    try (HttpConnection connection = new HttpConnection(ours.port())) {
      for (; System.nanoTime() < end; searches++) {
        connection.get(search);
      }
    }
    return searches;
  }

  /** Closes the connection while the search is under way. */
  private void abandon() throws IOException, InterruptedException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ours.port())) {
      String request = "GET " + search + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      Thread.sleep(LEFT_AFTER_MILLIS);
    }
    double before = ours.process().cpuSeconds();
    Thread.sleep(WATCHED_MILLIS);
    double spent = ours.process().cpuSeconds() - before;
    bench.add(PART, "processor time after a search's client has gone", "ms", spent * 1_000);
  }
}
