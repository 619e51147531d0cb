package dev.logaggregator.request;

import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.store.EventStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * A JSON document as the whole answer, sent in chunks while it is written: however long, it takes
 * the memory of one chunk, which is claimed before. What fits in one goes out with its length.
 */
public final class AnswerChunks implements AutoCloseable {

  private static final int LARGEST_BYTES = 64 * 1024;
  private static final int SMALLEST_BYTES = 4 * 1024;

  /** A client that takes longer over a document holds up what the document is made of. */
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

  /** Characters of a text that are written at a time. */
  private static final int MOST_CHARACTERS = 1_024;

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final CacheControl caching;
  private final Claim claim;
  private final JsonBuffer buffer = new JsonBuffer(SMALLEST_BYTES / 2);
  private final long beganNanos = System.nanoTime();
  private final int chunkBytes;
  private boolean begun;
  private long sentBytes;

  /**
   * Begins an answer, of which nothing was sent yet. Until something is, another one can be given.
   *
   * @param caching what caches may do with it
   * @throws dev.logaggregator.memory.MemoryExhaustedException when there is no memory for a chunk
   */
  public AnswerChunks(
      HttpServletRequest request,
      HttpServletResponse response,
      CacheControl caching,
      MemoryAccount memory) {
    this.request = request;
    this.response = response;
    this.caching = caching;
    claim = memory.claim(Use.ANSWERS, request.getRemoteAddr());
    chunkBytes = claimChunk();
  }

  /** A half of it is left for the growth of the array, and for the part that fills it. */
  private int claimChunk() {
    for (int bytes = LARGEST_BYTES; bytes > SMALLEST_BYTES; bytes /= 2) {
      if (claim.tryAtLeast(bytes)) {
        return bytes / 2;
      }
    }
    claim.atLeast(SMALLEST_BYTES);
    return SMALLEST_BYTES / 2;
  }

  /** What comes next is written here, in small parts. */
  public JsonBuffer buffer() {
    return buffer;
  }

  /** Bytes written so far, sent or not. */
  public long length() {
    return sentBytes + buffer.length();
  }

  /** To be called after each part: sends what there is if that is a chunk. */
  public void endOfPart() throws IOException {
    if (isFull()) {
      send();
    }
  }

  /** Whether what there is is a chunk. */
  public boolean isFull() {
    return buffer.length() >= chunkBytes;
  }

  /** Writes a JSON string, however long. */
  public void string(String text) throws IOException {
    buffer.put('"');
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + MOST_CHARACTERS);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      buffer.text(text.substring(from, to));
      endOfPart();
      from = to;
    }
    buffer.put('"');
  }

  /** Whether an event is small enough to be one part. */
  public boolean isSmall(EventView event) {
    return EventJson.mostBytes(event) <= chunkBytes / 2;
  }

  /**
   * Sends what there is, and then an event from where it lies, piece by piece, however large.
   *
   * @throws EventPieces.EvictedException when the log drops it before it was sent to its end; the
   *     answer can't be completed
   */
  public void sendEvent(EventStore store, long offset) throws IOException {
    send();
    sentBytes += EventPieces.send(store, offset, claim, response.getOutputStream());
  }

  /** Sends the rest. */
  public void end() throws IOException {
    if (!begun) {
      response.setContentLength(buffer.length());
    }
    send();
  }

  /** Sends what there is. */
  public void send() throws IOException {
    if (!begun) {
      begun = true;
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.setHeader(HttpHeaders.CACHE_CONTROL, caching.getHeaderValue());
    }
    if (System.nanoTime() - beganNanos > LONGEST_NANOS) {
      ClientConnection.of(request).cutOff();
      throw new ClientAbortException("the client took too long over the answer");
    }
    buffer.writeTo(response.getOutputStream());
    sentBytes += buffer.length();
    buffer.clear();
    // Many who ask for long ones would have the processor to themselves one after the other.
    Thread.yield();
  }

  @Override
  public void close() {
    claim.close();
  }
}
