package dev.logaggregator.request;

import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
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

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Claim claim;
  private final JsonBuffer buffer = new JsonBuffer(SMALLEST_BYTES / 2);
  private final long beganNanos = System.nanoTime();
  private final int chunkBytes;
  private boolean begun;

  /**
   * Begins an answer, of which nothing was sent yet.
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
    claim = memory.claim(Use.ANSWERS, request.getRemoteAddr());
    chunkBytes = claimChunk();
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, caching.getHeaderValue());
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

  /** To be called after each part: sends what there is if that is a chunk. */
  public void endOfPart() throws IOException {
    if (buffer.length() >= chunkBytes) {
      send();
    }
  }

  /** Sends the rest. */
  public void end() throws IOException {
    if (!begun) {
      response.setContentLength(buffer.length());
    }
    send();
  }

  private void send() throws IOException {
    begun = true;
    if (System.nanoTime() - beganNanos > LONGEST_NANOS) {
      ClientConnection.of(request).cutOff();
      throw new ClientAbortException("the client took too long over the answer");
    }
    buffer.writeTo(response.getOutputStream());
    buffer.clear();
  }

  @Override
  public void close() {
    claim.close();
  }
}
