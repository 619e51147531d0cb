package dev.logaggregator.store.segment.column;

/**
 * Moments: in the largest unit that they are multiples of, if they lie within what a {@code long}
 * holds of nanoseconds; else seconds and nanoseconds apart.
 */
final class TimeCodec {

  private static final long[] UNIT_NANOS = {1, 1_000, 1_000_000, 1_000_000_000};
  private static final int APART = UNIT_NANOS.length;
  private static final long SECOND = 1_000_000_000;

  /** Seconds of which the nanoseconds fit for certain. */
  private static final long MOST_SECONDS = Long.MAX_VALUE / SECOND - 1;

  private final LongCodec longs;
  private long[] moments = {};

  TimeCodec(LongCodec longs) {
    this.longs = longs;
  }

  /**
   * Writes them.
   *
   * @param nanos within each second
   */
  void write(long[] seconds, long[] nanos, int count, ByteSink out) {
    moments = moments.length < count ? new long[count] : moments;
    int unit = UNIT_NANOS.length - 1;
    for (int i = 0; i < count; i++) {
      if (Math.abs(seconds[i]) > MOST_SECONDS) {
        out.putByte(APART);
        longs.write(seconds, count, out);
        longs.write(nanos, count, out);
        return;
      }
      moments[i] = seconds[i] * SECOND + nanos[i];
      while (nanos[i] % UNIT_NANOS[unit] != 0) {
        unit--;
      }
    }
    for (int i = 0; unit > 0 && i < count; i++) {
      moments[i] /= UNIT_NANOS[unit];
    }
    out.putByte(unit);
    longs.write(moments, count, out);
  }

  /** Reads so many. */
  static Moments read(ByteSource source, int count) {
    int unit = source.getByte();
    if (unit == APART) {
      return new Moments(1, LongCodec.read(source, count), checked(LongCodec.read(source, count)));
    }
    if (unit > APART) {
      throw new DamagedSegmentException("times in an unknown unit");
    }
    return new Moments(SECOND / UNIT_NANOS[unit], LongCodec.read(source, count), null);
  }

  private static long[] checked(long[] nanos) {
    for (long nano : nanos) {
      if (nano < 0 || nano >= SECOND) {
        throw new DamagedSegmentException("a second has too many nanoseconds");
      }
    }
    return nanos;
  }
}
