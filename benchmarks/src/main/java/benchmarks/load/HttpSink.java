package benchmarks.load;

import benchmarks.events.SampleEvents.Batch;
import java.io.IOException;

/** {@code POST} of a batch as NDJSON; every event must be accepted. */
final class HttpSink implements Sink {

  private final HttpConnection connection;
  private final String path;
  private volatile long acknowledged;

  HttpSink(int port, String path) throws IOException {
    this.connection = new HttpConnection(port);
    this.path = path;
  }

  @Override
  public void send(Batch batch) throws IOException {
    byte[] bytes = batch.bytes();
    int status = connection.post(path, "application/x-ndjson", bytes, 0, bytes.length);
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
