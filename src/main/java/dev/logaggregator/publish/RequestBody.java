package dev.logaggregator.publish;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;

/** A request's body, decompressed and measured. */
final class RequestBody implements AutoCloseable {

  private static final int FIRST_READ_BYTES = 8 * 1024;

  /** Memory for a body that was announced but has not been seen yet. */
  private static final int MOST_UNSEEN = 64 * 1024;

  private final ContentEncoding encoding;
  private final RawBody raw;
  private final InputStream in;
  private final long contentLength;
  private final int maxBytes;
  private final BodyMemory.Share memory;
  private long total;
  private boolean ended;

  private RequestBody(
      ContentEncoding encoding,
      RawBody raw,
      InputStream in,
      long contentLength,
      int maxBytes,
      BodyMemory.Share memory) {
    this.encoding = encoding;
    this.raw = raw;
    this.in = in;
    this.contentLength = contentLength;
    this.maxBytes = maxBytes;
    this.memory = memory;
  }

  /**
   * Starts to read a body.
   *
   * @throws Refusal when it is too large, going by its Content-Length, or in an unknown encoding
   */
  static RequestBody open(HttpServletRequest request, PublishSettings settings, BodyMemory memory) {
    ContentEncoding encoding = ContentEncoding.of(request);
    int maxBytes = settings.maxRequestBytes();
    long contentLength = request.getContentLengthLong();
    if (contentLength > maxBytes) {
      throw tooLarge(maxBytes);
    }
    try {
      RawBody raw =
          new RawBody(request.getInputStream(), maxBytes, settings.bodyTimeout(), System::nanoTime);
      return new RequestBody(
          encoding, raw, encoding.decode(raw), contentLength, maxBytes, memory.share());
    } catch (IOException e) {
      throw undecodable(encoding, e);
    }
  }

  /**
   * Reads what there is, waiting for the first byte.
   *
   * @return how many bytes; -1 at the end
   * @throws Refusal when there is more than a request may have, or what there is can't be read
   */
  int read(byte[] target, int offset, int length) {
    int allowed = (int) Math.min(length, maxBytes - total);
    try {
      if (allowed == 0) {
        if (in.read() >= 0) {
          throw tooLarge(maxBytes);
        }
        ended = true;
        return -1;
      }
      int count = in.read(target, offset, allowed);
      ended = count < 0;
      total += Math.max(0, count);
      memory.atLeast(encoding.decoderBytes(total));
      return count;
    } catch (IOException e) {
      throw undecodable(encoding, e);
    }
  }

  /** Whether more has arrived already, so that {@link #read} won't wait. */
  boolean hasArrived() {
    return encoding == ContentEncoding.IDENTITY && total < maxBytes && raw.available() > 0;
  }

  /** Whether nothing more will come, as far as is known. */
  boolean isComplete() {
    return ended || total == knownLength();
  }

  /** As {@link RawBody#completed}. */
  void completed(int following) {
    raw.completed(following);
  }

  /** Reserves memory for what is made of the body, as {@link BodyMemory.Share#atLeast}. */
  void reserve(long bytes) {
    memory.atLeast(encoding.decoderBytes(total) + bytes);
  }

  /** Size of the body if it is known and the body isn't compressed; else -1. */
  long knownLength() {
    return encoding == ContentEncoding.IDENTITY ? contentLength : -1;
  }

  /**
   * Reads all of it.
   *
   * @param most how many bytes there may be, if fewer than a request may have
   * @throws Refusal when there are more
   */
  byte[] readAll(int most) {
    long known = knownLength();
    if (known > most) {
      throw eventTooLarge(most);
    }
    byte[] bytes = new byte[known < 0 ? FIRST_READ_BYTES : (int) Math.min(known, MOST_UNSEEN)];
    int length = 0;
    while (known < 0 || length < known) {
      if (length == bytes.length) {
        bytes = copy(bytes, grown(length, known));
      }
      int count = read(bytes, length, bytes.length - length);
      if (count < 0) {
        break;
      }
      length += count;
      if (length > most) {
        throw eventTooLarge(most);
      }
    }
    return length == bytes.length ? bytes : copy(bytes, length);
  }

  private byte[] copy(byte[] bytes, int length) {
    reserve((long) bytes.length + length);
    return Arrays.copyOf(bytes, length);
  }

  private static int grown(int length, long known) {
    return known < 0 ? length * 2 : (int) Math.min(known, length * 4L);
  }

  private static Refusal eventTooLarge(int most) {
    return Refusal.eventTooLarge(
        "An event may have at most %d bytes (aggregator.publish.max-event).".formatted(most));
  }

  private static Refusal tooLarge(int maxBytes) {
    return Refusal.requestTooLarge(
        "A request may have at most %d bytes after decompression (aggregator.publish.max-request)."
            .formatted(maxBytes));
  }

  private static Refusal undecodable(ContentEncoding encoding, IOException e) {
    return Refusal.unreadable(
        "The body is not what Content-Encoding %s says: %s."
            .formatted(encoding.name().toLowerCase(Locale.ROOT), e.getMessage()));
  }

  @Override
  public void close() {
    memory.close();
    try {
      in.close();
    } catch (IOException e) {
      throw undecodable(encoding, e);
    }
  }
}
