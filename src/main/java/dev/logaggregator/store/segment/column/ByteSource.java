package dev.logaggregator.store.segment.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads what a {@link ByteSink} wrote, and never beyond its end. */
final class ByteSource {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int at;
  private final int end;
  private final int mostUnpacked;

  /**
   * @param mostUnpacked how many bytes compressed parts of it may unpack to, each
   */
  ByteSource(byte[] bytes, int from, int to, int mostUnpacked) {
    if (from < 0 || to < from || to > bytes.length) {
      throw new DamagedSegmentException("a piece lies beyond the content");
    }
    this.bytes = bytes;
    this.at = from;
    this.end = to;
    this.mostUnpacked = mostUnpacked;
  }

  /** The bytes around what is read. */
  byte[] bytes() {
    return bytes;
  }

  /** How many bytes a compressed part may unpack to. */
  int mostUnpacked() {
    return mostUnpacked;
  }

  int remaining() {
    return end - at;
  }

  /** Passes over so many bytes; returns where they begin. */
  int skip(int count) {
    if (count < 0 || count > end - at) {
      throw new DamagedSegmentException("it ends too early");
    }
    int start = at;
    at += count;
    return start;
  }

  int getByte() {
    return bytes[skip(1)] & 0xFF;
  }

  long getLong() {
    return (long) LONGS.get(bytes, skip(Long.BYTES));
  }

  long getVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = getByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DamagedSegmentException("a number is too long");
  }

  long getSigned() {
    long value = getVarint();
    return value >>> 1 ^ -(value & 1);
  }

  /** A number that can't be larger than that. */
  int getCount(int most) {
    long count = getVarint();
    if (count < 0 || count > most) {
      throw new DamagedSegmentException("%d where %d is the most".formatted(count, most));
    }
    return (int) count;
  }

  /** Bytes with their number before them. */
  byte[] getSized(int most) {
    int length = getCount(Math.min(most, remaining()));
    int from = skip(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  void expectEnd() {
    if (at != end) {
      throw new DamagedSegmentException("it is longer than it should be");
    }
  }
}
