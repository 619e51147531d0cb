package dev.logaggregator.query;

import dev.logaggregator.json.JsonBuffer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A response's body on its way, in chunks: however large the answer, it takes the memory of one
 * chunk and one event, and what fits in one chunk goes out with its length.
 *
 * <p>A read keeps in memory all that was in the log when it began, dropped meanwhile or not. So a
 * read must be short, and must not wait for a client: as long as the client is quick, chunks are
 * sent while reading, which is then merely begun anew now and then; to a slow one they are sent
 * between reads.
 */
final class ResponseChunks {

  /** From here on larger writes are no faster. */
  static final int CHUNK_BYTES = 64 * 1024;

  /** Most of those who wait get little or nothing. */
  private static final int FIRST_BYTES = 4 * 1024;

  /** How long the start of a chunk may wait for the rest. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A client that takes a chunk no faster is slow. */
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long LONGEST_READ_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final HttpServletResponse response;
  private final JsonBuffer buffer = new JsonBuffer(FIRST_BYTES);
  private long sentBytes;
  private long lastSentNanos = System.nanoTime();
  private long readBeganNanos = lastSentNanos;
  private boolean slow;

  ResponseChunks(HttpServletResponse response) {
    this.response = response;
  }

  /** What comes next is written here. */
  JsonBuffer buffer() {
    return buffer;
  }

  /** Bytes written so far, sent or not. */
  long length() {
    return sentBytes + buffer.length();
  }

  /**
   * To be called after each event; sends the chunk if it is full and that may happen now.
   *
   * @return whether the read may go on; otherwise, {@link #betweenReads} and then another one
   */
  boolean endOfEvent() throws ClientGoneException {
    if (buffer.length() < CHUNK_BYTES) {
      return true;
    }
    if (slow) {
      return false;
    }
    send();
    return !slow && lastSentNanos - readBeganNanos < LONGEST_READ_NANOS;
  }

  /** To be called when a read has ended and before the next one begins. */
  void betweenReads() throws ClientGoneException {
    if (buffer.length() >= CHUNK_BYTES) {
      send();
    }
    readBeganNanos = System.nanoTime();
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
  void end() throws ClientGoneException {
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
