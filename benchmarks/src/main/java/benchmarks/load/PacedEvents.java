package benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;

/**
 * Publishes one event a request at a steady rate; the id of each is the time when it was sent. How
 * long each took is counted from when it was due.
 */
final class PacedEvents implements AutoCloseable {

  private static final int CONNECTIONS = 4;
  private static final String REST =
      "\",\"topic\":\"shop.checkout.t0\",\"source\":\"checkout-1\",\"level\":\"INFO\",\"payload\":{"
          + "\"message\":\"order accepted for customer 48213\",\"status\":200,\"millis\":84,"
          + "\"bytes\":955276,\"traceId\":\"61b35c8846976cf8\",\"region\":\"eu-central-1\"}}";

  private final List<HttpConnection> connections = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
  private final String path;
  private DoubleStream.Builder millis = DoubleStream.builder();

  PacedEvents(int port, String path) throws IOException {
    this.path = path;
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(new HttpConnection(port));
    }
  }

  /** Publishes for so long; returns how many events there were. */
  long run(double seconds, double perSecond) throws IOException, InterruptedException {
    millis = DoubleStream.builder();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    double pause = 1e9 * CONNECTIONS / perSecond;
    List<Future<Long>> counts = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      HttpConnection connection = connections.get(i);
      long first = start + (long) (pause * i / CONNECTIONS);
      counts.add(threads.submit(() -> publish(connection, first, pause, end)));
    }
    long count = 0;
    for (Future<Long> one : counts) {
      try {
        count += one.get();
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
    }
    return count;
  }

  private long publish(HttpConnection connection, long first, double pause, long end)
      throws IOException {
    long count = 0;
    for (long due = first; due < end; due = first + (long) (pause * ++count)) {
      LockSupport.parkNanos(due - System.nanoTime());
      if (System.nanoTime() >= end) {
        return count;
      }
      String id = String.format(Locale.ROOT, "%016d", System.nanoTime());
      byte[] event = ("{\"id\":\"" + id + REST).getBytes(US_ASCII);
      int status = connection.post(path, "application/json", event, 0, event.length);
      if (status >= 300) {
        throw new IOException("answered " + status + ": " + connection.body());
      }
      took((System.nanoTime() - due) / 1e6);
    }
    return count;
  }

  private synchronized void took(double time) {
    millis.add(time);
  }

  /** Milliseconds from when each event of the last run was due until it was acknowledged. */
  Samples times() {
    return Samples.of(millis.build().toArray());
  }

  @Override
  public void close() {
    threads.shutdownNow();
    connections.forEach(HttpConnection::close);
  }
}
