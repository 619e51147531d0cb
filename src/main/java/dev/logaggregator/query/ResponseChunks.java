package dev.logaggregator.query;

import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.request.EventPieces;
import dev.logaggregator.store.EventStore;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A response's body on its way, in chunks: however large the answer, it takes the memory of one
 * chunk, which is claimed before; and what fits in one chunk goes out with its length. Events that
 * are large beside a chunk go out in pieces from where they lie.
 *
 * <p>A read keeps in memory the segment that it is at, dropped meanwhile or not. So it must not
 * wait for a client: as long as the client is quick, and the memory that a read holds is to be had,
 * chunks are sent while reading, which is then merely begun anew now and then; to a slow one they
 * are sent between reads.
 */
final class ResponseChunks {

  /** From here on larger writes are no faster. */
  private static final int CHUNK_BYTES = 64 * 1024;

  /** Most of those who wait get little or nothing. */
  private static final int FIRST_BYTES = 4 * 1024;

  /** A chunk that is not full yet takes one more event, and arrays grow by doubling. */
  private static final int ROOM = 2;

  /** What a read keeps from being dropped, more or less. */
  private static final int READ_BYTES = 1 << 20;

  /** How long the start of a chunk may wait for the rest. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A client that takes a chunk no faster is slow. */
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long LONGEST_READ_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long NONE = -1;

  private final HttpServletResponse response;
  private final EventStore store;
  private final Claim claim;
  private final JsonBuffer buffer = new JsonBuffer(FIRST_BYTES);
  private int chunkBytes;
  private long large = NONE;
  private String afterLarge = "";
  private long sentBytes;
  private long lastSentNanos = System.nanoTime();
  private long readBeganNanos = lastSentNanos;
  private boolean slow;

  /**
   * @param claim pays for the chunks; closed by its owner
   * @throws dev.logaggregator.memory.MemoryExhaustedException when there is no memory to begin with
   */
  ResponseChunks(HttpServletResponse response, EventStore store, Claim claim) {
    this.response = response;
    this.store = store;
    this.claim = claim;
    claim.atLeast(FIRST_BYTES);
  }

  /** What comes next is written here, unless it is an event. */
  JsonBuffer buffer() {
    return buffer;
  }

  /** Bytes written so far, sent or not. */
  long length() {
    return sentBytes + buffer.length();
  }

  /**
   * Writes an event; sends the chunk if it is full and that may happen now.
   *
   * @param end what is written after it
   * @return whether the read may go on; otherwise, {@link #betweenReads} and then another one
   */
  boolean write(EventView event, String end) throws ClientGoneException {
    if (chunkBytes == 0) {
      chunkBytes = claimChunk();
    }
    if (event.length() > chunkBytes / 2) {
      large = event.offset();
      afterLarge = end;
      return false;
    }
    EventJson.write(event, buffer);
    buffer.ascii(end);
    return buffer.length() < chunkBytes || sendWhileReading();
  }

  private int claimChunk() {
    int bytes = CHUNK_BYTES;
    while (bytes * ROOM > FIRST_BYTES && !claim.tryAtLeast((long) bytes * ROOM)) {
      bytes /= 2;
    }
    return bytes;
  }

  private boolean sendWhileReading() throws ClientGoneException {
    if (slow || !claim.tryAtLeast((long) chunkBytes * ROOM + READ_BYTES)) {
      return false;
    }
    send();
    return !slow && lastSentNanos - readBeganNanos < LONGEST_READ_NANOS;
  }

  /**
   * To be called when a read has ended, before the next one begins or anything else is written.
   *
   * @throws EventPieces.EvictedException when an event was dropped before it was sent to its end
   */
  void betweenReads() throws IOException {
    claim.shrinkTo(Math.max(FIRST_BYTES, (long) chunkBytes * ROOM));
    if (large != NONE) {
      send();
      sendLarge();
    } else if (chunkBytes > 0 && buffer.length() >= chunkBytes) {
      send();
    }
    readBeganNanos = System.nanoTime();
  }

  private void sendLarge() throws IOException {
    try {
      sentBytes += EventPieces.send(store, large, claim, response.getOutputStream());
    } catch (EventPieces.EvictedException incomplete) {
      throw incomplete;
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
    large = NONE;
    buffer.ascii(afterLarge);
  }

  /**
   * To be called while there is nothing to write: sends what has been waiting for long.
   *
   * @return whether the client is still there, as far as can be told
   */
  boolean keepGoing() {
    if (buffer.length() == 0 || System.nanoTime() - lastSentNanos < PATIENCE_NANOS) {
      return true;
    }
    try {
      send();
      response.flushBuffer();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends the rest. */
  void end() throws IOException {
    betweenReads();
    if (sentBytes == 0) {
      response.setContentLength(buffer.length());
    }
    send();
  }

  private void send() throws ClientGoneException {
    long began = System.nanoTime();
    try {
      buffer.writeTo(response.getOutputStream());
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
    lastSentNanos = System.nanoTime();
    slow = lastSentNanos - began > SLOW_NANOS;
    sentBytes += buffer.length();
    buffer.clear();
  }
}
