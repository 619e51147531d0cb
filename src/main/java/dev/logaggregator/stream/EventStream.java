package dev.logaggregator.stream;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.request.EventPieces;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.stream.StreamRequest.FilterKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

  private static final int FRAME_BYTES = 64;

  /** When there is no memory even for a small chunk, readers ask for it again so often. */
  private static final long MEMORY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Smaller chunks cost more than they hold. */
  private static final int SMALLEST_CHUNK_BYTES = 4 * 1024;

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
  private final String address;
  private final long heartbeatNanos;
  private final OutputStream out;
  private final Claim claim;
  private long position;
  private long lastSentNanos = System.nanoTime();

  EventStream(
      EventStore store,
      EventEncoder encoder,
      SharedChunks shared,
      StreamRequest request,
      ClientConnection client,
      Duration heartbeat,
      Claim claim,
      OutputStream out) {
    this.store = store;
    this.encoder = encoder;
    this.shared = shared;
    this.filter = request.filter();
    this.filterKey = request.filterKey();
    this.client = client;
    this.address = request.client();
    this.heartbeatNanos = heartbeat.toNanos();
    this.claim = claim;
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
    int most = claimChunk();
    if (most == 0) {
      waitForMemory();
      return false;
    }
    Chunk chunk =
        filterKey != null
                && most == EventEncoder.CHUNK_BYTES
                && store.watermark() - position <= NEAR_EVENTS
            ? shared.read(filterKey, filter, position, ended, address)
            : encoder.read(filter, position, most, ended, address);
    if (!chunk.isEmpty()) {
      claim.shrinkTo(Math.max(chunk.sizeBytes(), SMALLEST_CHUNK_BYTES));
      chunk.writeTo(out);
      if (chunk.large() != Chunk.NONE) {
        sendLarge(chunk.large());
      }
      out.flush();
      lastSentNanos = System.nanoTime();
    }
    position = chunk.end();
    claim.close();
    return chunk.atEdge();
  }

  /** How large the next chunk may be; 0 when there is no memory for one. */
  private int claimChunk() {
    for (int bytes = EventEncoder.CHUNK_BYTES; bytes >= SMALLEST_CHUNK_BYTES; bytes /= 2) {
      if (claim.tryAtLeast(bytes)) {
        return bytes;
      }
    }
    return 0;
  }

  /** Others hold all that there is: the reader falls behind, and harms nobody. */
  private void waitForMemory() throws IOException {
    if (System.nanoTime() - lastSentNanos >= heartbeatNanos) {
      send(HEARTBEAT);
    }
    LockSupport.parkNanos(this, MEMORY_PAUSE_NANOS);
  }

  private void sendLarge(long offset) throws IOException {
    JsonBuffer frame = new JsonBuffer(FRAME_BYTES);
    encoder.writeId(offset, frame);
    frame.writeTo(out);
    EventPieces.send(store, offset, claim, out);
    frame.clear();
    encoder.writeEnd(frame);
    frame.writeTo(out);
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
