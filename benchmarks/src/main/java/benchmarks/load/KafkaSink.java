package benchmarks.load;

import benchmarks.events.SampleEvents.Batch;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer with its defaults (acknowledged by the broker), but larger batches. */
final class KafkaSink implements Sink {

  private static final int MOST_UNDER_WAY = 50_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
  private final LongAdder acknowledged = new LongAdder();
  private volatile Exception failed;

  KafkaSink(int port, String topic, String compression) {
    this.topic = topic;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "compression.type",
                compression,
                "batch.size",
                256 * 1024,
                "linger.ms",
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @Override
  public void send(Batch batch) throws IOException, InterruptedException {
    for (int i = 0; i < batch.size(); i++) {
      byte[] event = Arrays.copyOfRange(batch.bytes(), batch.start(i), batch.end(i));
      room.acquire();
      var unused =
          producer.send(
              new ProducerRecord<>(topic, event),
              (metadata, failure) -> {
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
    producer.close();
  }
}
