package dev.logaggregator.stream;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.stream.StreamRequest.FilterKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One reader on its way through the log: reads, sends, waits at the edge, on the thread of its
 * request. One that doesn't read holds up nobody but itself, and keeps one chunk.
 */
final class EventStream {

  private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  /** How long it may be overlooked that the client has gone. */
  private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Further back from the edge, readers are alone. */
  private static final long NEAR_EVENTS = 10_000;

  /** Clients of a server that stops come back within this time, spread out over it. */
  private static final int RETRY_WITHIN_MILLIS = 10_000;

  private static final int RETRY_FROM_MILLIS = 1_000;

  private final EventStore store;
  private final EventEncoder encoder;
  private final SharedChunks shared;
  private final EventFilter filter;
  private final @Nullable FilterKey filterKey;
  private final ClientConnection client;
  private final long heartbeatNanos;
  private final OutputStream out;
  private long position;
  private long lastSentNanos = System.nanoTime();

  EventStream(
      EventStore store,
      EventEncoder encoder,
      SharedChunks shared,
      StreamRequest request,
      ClientConnection client,
      Duration heartbeat,
      OutputStream out) {
    this.store = store;
    this.encoder = encoder;
    this.shared = shared;
    this.filter = request.filter();
    this.filterKey = request.filterKey();
    this.client = client;
    this.heartbeatNanos = heartbeat.toNanos();
    this.out = out;
  }

  /**
   * Sends what comes after an offset, until the reader is released or the client has gone.
   *
   * @throws IOException when nothing can be sent any more
   */
  void run(long after, LiveEdge.Reader reader) throws IOException {
    position = after;
    BooleanSupplier ended = () -> reader.isReleased() || client.isGone();
    while (!ended.getAsBoolean()) {
      if (sendNext(ended)) {
        pause(reader);
      }
    }
    if (reader.isReleased()) {
      int retryMillis = ThreadLocalRandom.current().nextInt(RETRY_FROM_MILLIS, RETRY_WITHIN_MILLIS);
      send(("retry: " + retryMillis + "\n\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  /**
   * Sends the next chunk.
   *
   * @return whether there was no more
   */
  private boolean sendNext(BooleanSupplier ended) throws IOException {
    Chunk chunk =
        filterKey != null && store.watermark() - position <= NEAR_EVENTS
            ? shared.read(filterKey, filter, position, ended)
            : encoder.read(filter, position, ended);
    position = chunk.end();
    if (!chunk.isEmpty()) {
      chunk.writeTo(out);
      out.flush();
      lastSentNanos = System.nanoTime();
    }
    return chunk.atEdge();
  }

  private void pause(LiveEdge.Reader reader) throws IOException {
    long untilHeartbeat = lastSentNanos + heartbeatNanos - System.nanoTime();
    if (untilHeartbeat <= 0) {
      send(HEARTBEAT);
    } else {
      reader.awaitBeyond(position + 1, Math.min(untilHeartbeat, PROBE_NANOS));
    }
  }

  private void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    lastSentNanos = System.nanoTime();
  }
}
