package dev.logaggregator.intake;

import dev.logaggregator.intake.HeldMemory.Part;
import dev.logaggregator.worker.CarrierYield;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A body, decompressed and measured. What it takes memory for it claims first: so a body of which
 * nothing has come takes next to none, whatever its headers announce.
 */
public final class Body implements AutoCloseable {

  /** Room for a body that was announced but has not been seen yet. */
  private static final int MOST_UNSEEN = 1024;

  /** Announced sizes are believed in steps. */
  private static final int GROWTH = 4;

  private final ContentEncoding encoding;
  private final RawBody raw;
  private final long contentLength;
  private final int maxBytes;
  private final HeldMemory memory;
  private final CarrierYield carrier = new CarrierYield();
  private @Nullable InputStream decoded;
  private long total;
  private boolean ended;

  /**
   * @param contentLength as it was announced; negative if it wasn't
   * @param maxBytes how many there may be, before and after decompression
   * @throws IntakeException.BodyTooLarge when there are more, going by what was announced
   */
  Body(ContentEncoding encoding, RawBody raw, long contentLength, int maxBytes, HeldMemory memory) {
    if (contentLength > maxBytes) {
      throw tooLarge(maxBytes);
    }
    this.encoding = encoding;
    this.raw = raw;
    this.contentLength = contentLength;
    this.maxBytes = maxBytes;
    this.memory = memory;
    this.decoded = encoding == ContentEncoding.IDENTITY ? raw : null;
  }

  HeldMemory memory() {
    return memory;
  }

  /**
   * Reads what there is, waiting for the first byte.
   *
   * @return how many bytes; -1 at the end
   * @throws IntakeException when there is more than a request may have, or what there is can't be
   *     read
   */
  public int read(byte[] target, int offset, int length) {
    int allowed = (int) Math.min(length, maxBytes - total);
    try {
      InputStream in = decoded == null ? startDecoding() : decoded;
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
      carrier.took(Math.max(0, count));
      memory.hold(Part.DECODER, encoding.decoderBytes(total));
      return count;
    } catch (IOException e) {
      throw undecodable(e);
    }
  }

  /** Waits for the first byte, so that nothing need be made ready for a body that may not come. */
  void awaitFirst() {
    if (decoded == raw && raw.available() > 0) {
      return;
    }
    try {
      startDecoding();
    } catch (IOException e) {
      throw undecodable(e);
    }
  }

  /** Waits for the first byte: until then there is no need for a decoder, which is dear. */
  private InputStream startDecoding() throws IOException {
    byte[] first = new byte[1];
    InputStream in = raw;
    if (raw.read(first, 0, 1) > 0) {
      memory.hold(Part.DECODER, encoding.decoderBytes(0));
      in = encoding.decode(new SequenceInputStream(new ByteArrayInputStream(first), raw));
    }
    decoded = in;
    return in;
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

  /** Size of the body if it is known and the body isn't compressed; else -1. */
  long knownLength() {
    return encoding == ContentEncoding.IDENTITY ? contentLength : -1;
  }

  /**
   * Reads all of it.
   *
   * @throws IntakeException as {@link #read}
   */
  public byte[] readAll() {
    return readAll(maxBytes);
  }

  /**
   * Reads all of what is to be one event.
   *
   * @param most how many bytes there may be, if fewer than a request may have
   * @throws IntakeException.EventTooLarge when there are more
   */
  byte[] readAll(int most) {
    long known = knownLength();
    if (known > most) {
      throw new IntakeException.EventTooLarge(most);
    }
    byte[] bytes = new byte[known < 0 ? MOST_UNSEEN : (int) Math.min(known, MOST_UNSEEN)];
    memory.hold(Part.BODY, bytes.length);
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
        throw new IntakeException.EventTooLarge(most);
      }
    }
    return length == bytes.length ? bytes : copy(bytes, length);
  }

  private byte[] copy(byte[] bytes, int length) {
    memory.hold(Part.BODY, (long) bytes.length + length);
    byte[] copy = Arrays.copyOf(bytes, length);
    memory.hold(Part.BODY, length);
    return copy;
  }

  private static int grown(int length, long known) {
    return known < 0 ? length * 2 : (int) Math.min(known, (long) length * GROWTH);
  }

  private static IntakeException tooLarge(int maxBytes) {
    return new IntakeException.BodyTooLarge(
        "A request may have at most %d bytes after decompression (aggregator.publish.max-request)."
            .formatted(maxBytes));
  }

  private IntakeException undecodable(IOException e) {
    return new IntakeException.UnreadableBody(
        "The body is not what Content-Encoding %s says: %s."
            .formatted(encoding.name().toLowerCase(Locale.ROOT), e.getMessage()));
  }

  @Override
  public void close() {
    try {
      if (decoded != null) {
        decoded.close();
      }
    } catch (IOException e) {
      throw undecodable(e);
    } finally {
      memory.close();
    }
  }
}
