package benchmarks.load;

import benchmarks.events.SampleEvents.Batch;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** JetStream, published asynchronously. */
final class NatsSink implements Sink {

  private static final int MOST_UNDER_WAY = 4_000;
  private static final long MAX_BYTES = 1L << 30;

  private final Connection connection;
  private final JetStream stream;
  private final String subject;
  private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
  private final LongAdder acknowledged = new LongAdder();
  private volatile Throwable failed;

  NatsSink(int port, String subject) throws IOException, InterruptedException {
    this.subject = subject;
    connection = Nats.connect(Options.builder().server("nats://127.0.0.1:" + port).build());
    stream = connection.jetStream();
  }

  /** Creates the stream that a subject goes to. */
  static void create(int port, String subject, StorageType storage)
      throws IOException, InterruptedException {
    try (Connection connection = Nats.connect("nats://127.0.0.1:" + port)) {
      var unused =
          connection
              .jetStreamManagement()
              .addStream(
                  StreamConfiguration.builder()
                      .name(subject)
                      .subjects(subject)
                      .storageType(storage)
                      .maxBytes(MAX_BYTES)
                      .discardPolicy(DiscardPolicy.Old)
                      .build());
    } catch (JetStreamApiException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void send(Batch batch) throws IOException, InterruptedException {
    for (int i = 0; i < batch.size(); i++) {
      byte[] event = Arrays.copyOfRange(batch.bytes(), batch.start(i), batch.end(i));
      room.acquire();
      var unused =
          stream
              .publishAsync(subject, event)
              .whenComplete(
                  (acknowledgement, failure) -> {
                    room.release();
                    if (failure == null) {
                      acknowledged.increment();
                    } else {
                      failed = failure;
                    }
                  });
    }
    if (failed != null) {
      throw new IOException(failed);
    }
  }

  @Override
  public long acknowledged() {
    return acknowledged.sum();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
