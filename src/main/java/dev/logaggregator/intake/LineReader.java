package dev.logaggregator.intake;

import dev.logaggregator.intake.HeldMemory.Part;
import dev.logaggregator.json.JsonSpace;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Goes through the lines of a body as they arrive, so that each is published while the next is
 * still being sent, and a body takes memory for its longest line only. Lines end with LF or CRLF;
 * those of white space only are skipped.
 */
final class LineReader {

  /** Is told of what was read. */
  interface LineTaker {

    /** A line, which is valid during the call only. */
    void line(byte[] bytes, int from, int to, long line);

    /** A line too long to be kept, of which this is the beginning. */
    void cutLine(RawEvent beginning);

    /** Those lines were all that has arrived so far. */
    void arrived();
  }

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long LINE_FEEDS = ONES * '\n';

  /** What a stream holds on to of which nothing, or little at a time, comes. */
  private static final int FIRST_BUFFER_BYTES = 512;

  /** What is read at once as soon as more than that has come. */
  private static final int USUAL_BUFFER_BYTES = 16 * 1024;

  /** What a busy stream reads at once, and a long line grows by. */
  private static final int FULL_BUFFER_BYTES = 64 * 1024;

  /** Reads that fill less of the buffer than this part of it make do with a smaller one. */
  private static final int TOO_LARGE = 8;

  private final Body body;
  private final LineTaker taker;
  private final int maxLineBytes;
  private byte[] buffer;
  private int length;
  private int scanned;
  private long cutBytes;
  private long line = 1;

  /**
   * @param maxLineBytes how much of a line is kept
   */
  LineReader(Body body, int maxLineBytes, LineTaker taker) {
    this.body = body;
    this.taker = taker;
    this.maxLineBytes = maxLineBytes;
    long known = body.knownLength();
    int first = known < 0 ? FIRST_BUFFER_BYTES : (int) Math.min(known + 1, FIRST_BUFFER_BYTES);
    body.memory().hold(Part.BODY, first);
    buffer = new byte[first];
  }

  /** Reads to the end. */
  void readAll() {
    boolean more = true;
    while (more) {
      try {
        more = fill();
      } finally {
        // Also where reading failed: what came before it counts.
        takeLines();
        taker.arrived();
      }
    }
    if (length > 0) {
      takeLine(0, length);
    }
  }

  /**
   * Reads what has arrived, waiting if nothing has.
   *
   * @return false at the end
   */
  private boolean fill() {
    makeRoom();
    do {
      if (length == buffer.length) {
        resize(USUAL_BUFFER_BYTES);
      }
      int count = body.read(buffer, length, buffer.length - length);
      if (count < 0) {
        return false;
      }
      length += count;
    } while ((length < buffer.length || length < USUAL_BUFFER_BYTES) && body.hasArrived());
    if (length < buffer.length / TOO_LARGE) {
      resize(Math.max(FIRST_BUFFER_BYTES, buffer.length / 2));
    }
    return true;
  }

  /** Room for more of the line that is incomplete, or else its end is dropped. */
  private void makeRoom() {
    if (length < buffer.length) {
      return;
    }
    int most = maxLineBytes + FULL_BUFFER_BYTES;
    if (buffer.length < most) {
      resize((int) Math.min(most, Math.max(USUAL_BUFFER_BYTES, buffer.length * 2L)));
    } else {
      cutBytes += length - maxLineBytes;
      length = maxLineBytes;
      scanned = length;
    }
  }

  private void resize(int bytes) {
    HeldMemory memory = body.memory();
    memory.hold(Part.BODY, (long) buffer.length + bytes);
    buffer = Arrays.copyOf(buffer, bytes);
    memory.hold(Part.BODY, bytes);
  }

  private void takeLines() {
    boolean wasFull = length == buffer.length;
    int start = 0;
    int end = indexOfLineFeed(buffer, scanned, length);
    while (end >= 0) {
      takeLine(start, end);
      start = end + 1;
      end = indexOfLineFeed(buffer, start, length);
    }
    if (start > 0) {
      length -= start;
      System.arraycopy(buffer, start, buffer, 0, length);
      body.completed(length);
      if (wasFull && buffer.length < FULL_BUFFER_BYTES) {
        resize(Math.max(USUAL_BUFFER_BYTES, buffer.length * 2));
      }
    }
    scanned = length;
  }

  private void takeLine(int start, int end) {
    long number = line++;
    if (cutBytes > 0) {
      taker.cutLine(new RawEvent(buffer, start, start + maxLineBytes, number, cutBytes + end));
      cutBytes = 0;
      return;
    }
    int to = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
    if (JsonSpace.skip(buffer, start, to) < to) {
      taker.line(buffer, start, to, number);
    }
  }

  /** Eight bytes at a time. */
  static int indexOfLineFeed(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long word = (long) LONGS.get(bytes, at) ^ LINE_FEEDS;
      long zeros = (word - ONES) & ~word & HIGHS;
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == '\n') {
        return at;
      }
    }
    return -1;
  }
}
