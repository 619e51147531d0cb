package benchmarks.load;

import benchmarks.events.SampleEvents.Batch;
import java.io.IOException;

/** {@code POST} of a batch as NDJSON; every event must be accepted. */
final class HttpSink implements Sink {

  /** Shorter than any server waits for a connection's first or next request. */
  private static final long IDLE_NANOS = 10_000_000_000L;

  private final int port;
  private final String path;
  private HttpConnection connection;
  private long lastUsed = System.nanoTime();
  private volatile long acknowledged;

  HttpSink(int port, String path) throws IOException {
    this.port = port;
    this.path = path;
    this.connection = new HttpConnection(port);
  }

  @Override
  public void send(Batch batch) throws IOException {
    if (System.nanoTime() - lastUsed > IDLE_NANOS) {
      connection.close();
      connection = new HttpConnection(port);
    }
    byte[] bytes = batch.bytes();
    int status = connection.post(path, "application/x-ndjson", bytes, 0, bytes.length);
    lastUsed = System.nanoTime();
    boolean accepted =
        connection.bodyLength() == 0
            || connection.body().contains("\"accepted\":" + batch.size() + ",");
    if (status >= 300 || !accepted) {
      throw new IOException("answered " + status + ": " + connection.body());
    }
    acknowledged = acknowledged + batch.size();
  }

  @Override
  public long acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() {
    connection.close();
  }
}
