package dev.logaggregator.store.segment.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Runs of numbers, in the smallest of some forms: what they are above the least of them (<i>frame
 * of reference</i>), or each above the one before it, bit by bit or, where few values are frequent,
 * as compressed planes of bytes.
 */
final class LongCodec {

  private static final int PLAIN = 0;
  private static final int DELTA = 1;

  /** Beside the number of bits: they lie in planes. */
  private static final int PLANES = 0x80;

  /** A word more behind packed bits, so that they are read a word at a time. */
  private static final int PADDING = Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Compression compression;
  private long[] deltas = {};
  private final ByteSink planes = new ByteSink(1024);
  private final ByteSink trial = new ByteSink(1024);

  LongCodec(Compression compression) {
    this.compression = compression;
  }

  void write(long[] values, int count, ByteSink out) {
    if (count == 0) {
      return;
    }
    deltas = deltas.length < count ? new long[count * 2] : deltas;
    long last = values[0];
    long min = last;
    long max = last;
    long minDelta = Long.MAX_VALUE;
    long maxDelta = Long.MIN_VALUE;
    for (int i = 1; i < count; i++) {
      long value = values[i];
      min = Math.min(min, value);
      max = Math.max(max, value);
      long delta = value - last;
      deltas[i - 1] = delta;
      minDelta = Math.min(minDelta, delta);
      maxDelta = Math.max(maxDelta, delta);
      last = value;
    }
    int width = width(max - min);
    int deltaWidth = count < 3 ? Long.SIZE : width(maxDelta - minDelta);
    if (deltaWidth < width) {
      out.putByte(DELTA);
      out.putSigned(values[0]);
      writeAbove(deltas, count - 1, minDelta, deltaWidth, out);
    } else {
      out.putByte(PLAIN);
      writeAbove(values, count, min, width, out);
    }
  }

  private void writeAbove(long[] values, int count, long least, int width, ByteSink out) {
    out.putSigned(least);
    if (width > 2 && count >= 64 && planesAreSmaller(values, count, least, width)) {
      out.putByte(width | PLANES);
      out.put(trial.bytes(), 0, trial.size());
      return;
    }
    out.putByte(width);
    packBits(values, count, least, width, out);
  }

  private boolean planesAreSmaller(long[] values, int count, long least, int width) {
    int bytes = width + 7 >>> 3;
    planes.clear();
    byte[] target = planes.reserve(bytes * count);
    for (int plane = 0, at = 0; plane < bytes; plane++) {
      int shift = plane * 8;
      for (int i = 0; i < count; i++) {
        target[at++] = (byte) (values[i] - least >>> shift);
      }
    }
    trial.clear();
    compression.pack(target, 0, bytes * count, trial);
    int packedBits = packedBytes(count, width);
    // Few bits are mostly codes, which are read often: they are unpacked ten times as fast.
    return trial.size() < (width <= Byte.SIZE ? packedBits / 2 : packedBits - (packedBits >> 3));
  }

  /** Bits that a number needs which is taken as unsigned. */
  private static int width(long range) {
    return Long.SIZE - Long.numberOfLeadingZeros(range);
  }

  private static int packedBytes(int count, int width) {
    return (int) ((long) count * width + 7 >>> 3);
  }

  private static void packBits(long[] values, int count, long least, int width, ByteSink out) {
    int size = packedBytes(count, width);
    byte[] target = out.reserve(size + 2 * PADDING);
    int at = out.size();
    long word = 0;
    int used = 0;
    for (int i = 0; i < count; i++) {
      long value = values[i] - least;
      word |= value << used;
      used += width;
      if (used >= Long.SIZE) {
        LONGS.set(target, at, word);
        at += Long.BYTES;
        used -= Long.SIZE;
        word = used == 0 ? 0 : value >>> width - used;
      }
    }
    LONGS.set(target, at, word);
    out.advance(size);
  }

  /** Reads so many numbers. */
  static long[] read(ByteSource source, int count) {
    if (count == 0) {
      return new long[0];
    }
    return switch (source.getByte()) {
      case PLAIN -> {
        long[] values = new long[count];
        readAbove(source, values, 0);
        yield values;
      }
      case DELTA -> {
        long[] values = new long[count];
        values[0] = source.getSigned();
        readAbove(source, values, 1);
        for (int i = 1; i < count; i++) {
          values[i] += values[i - 1];
        }
        yield values;
      }
      default -> throw new DamagedSegmentException("numbers in an unknown form");
    };
  }

  private static void readAbove(ByteSource source, long[] target, int from) {
    long least = source.getSigned();
    int form = source.getByte();
    int width = form & ~PLANES;
    if (width > Long.SIZE) {
      throw new DamagedSegmentException("numbers of too many bits");
    } else if (form != width) {
      readPlanes(source, target, from, least, width);
    } else {
      unpackBits(source, target, from, least, width);
    }
  }

  private static void readPlanes(
      ByteSource source, long[] target, int from, long least, int width) {
    int count = target.length - from;
    byte[] planes = Compression.unpack(source);
    int bytes = width + 7 >>> 3;
    if (planes.length != (long) bytes * count) {
      throw new DamagedSegmentException("numbers are missing");
    }
    for (int plane = 0, at = 0; plane < bytes; plane++) {
      int shift = plane * 8;
      for (int i = from; i < target.length; i++) {
        target[i] |= (planes[at++] & 0xFFL) << shift;
      }
    }
    for (int i = from; i < target.length; i++) {
      target[i] += least;
    }
  }

  private static void unpackBits(
      ByteSource source, long[] target, int from, long least, int width) {
    int count = target.length - from;
    int size = packedBytes(count, width);
    int start = source.skip(size);
    byte[] bytes = source.bytes();
    int first = start;
    if (bytes.length - start < size + PADDING) {
      bytes = java.util.Arrays.copyOfRange(bytes, start, start + size + PADDING);
      first = 0;
    }
    if (width == 0) {
      java.util.Arrays.fill(target, from, target.length, least);
      return;
    }
    long mask = -1L >>> Long.SIZE - width;
    long bit = 0;
    for (int i = from; i < target.length; i++, bit += width) {
      int at = first + (int) (bit >>> 3);
      int shift = (int) bit & 7;
      long value = (long) LONGS.get(bytes, at) >>> shift;
      if (shift + width > Long.SIZE) {
        value |= (bytes[at + Long.BYTES] & 0xFFL) << Long.SIZE - shift;
      }
      target[i] = (value & mask) + least;
    }
  }
}
