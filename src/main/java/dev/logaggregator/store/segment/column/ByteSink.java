package dev.logaggregator.store.segment.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that are appended; little-endian. Used again after {@link #clear}. */
final class ByteSink {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  ByteSink(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** What was appended is at its beginning; valid until more is. */
  byte[] bytes() {
    return bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Makes room for so many bytes behind what was appended. */
  byte[] reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
    return bytes;
  }

  /** Takes bytes that were written to the reserved room. */
  void advance(int written) {
    size += written;
  }

  void putByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void putLong(long value) {
    reserve(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
  }

  /** Seven bits a byte, the lowest first; for numbers that are not negative. */
  void putVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** As {@link #putVarint}, with the sign in the lowest bit. */
  void putSigned(long value) {
    putVarint(value << 1 ^ value >> 63);
  }

  void put(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
  }

  /** Bytes with their number before them. */
  void putSized(byte[] source, int from, int to) {
    putVarint(to - from);
    put(source, from, to);
  }
}
