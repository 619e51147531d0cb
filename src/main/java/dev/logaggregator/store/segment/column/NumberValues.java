package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.EventColumn;
import org.jspecify.annotations.Nullable;

/**
 * Numbers with a fixed number of digits behind the point.
 *
 * @param values each times {@code 10^scale}
 * @param scale how many digits behind the point the one has that has most
 * @param scales how many each was written with; null if all were written with as many
 */
record NumberValues(long[] values, int scale, byte @Nullable [] scales) implements ColumnValues {

  /**
   * The same numbers, brought to one scale; null if one of them is too large for that.
   *
   * @param digits each without its point; changed
   */
  static @Nullable NumberValues ofSpelled(long[] digits, byte[] scales) {
    int scale = 0;
    boolean same = true;
    for (byte one : scales) {
      scale = Math.max(scale, one);
      same &= one == scales[0];
    }
    for (int i = 0; !same && i < digits.length; i++) {
      long factor = SpelledNumber.power(scale - scales[i]);
      if (Math.multiplyHigh(digits[i], factor) != digits[i] * factor >> 63) {
        return null;
      }
      digits[i] *= factor;
    }
    return new NumberValues(digits, scale, same ? null : scales);
  }

  static NumberValues read(ByteSource source, int count) {
    int scale = source.getCount(SpelledNumber.MOST_DIGITS);
    byte[] scales = null;
    if (source.getByte() != 0) {
      long[] read = LongCodec.read(source, count);
      scales = new byte[count];
      for (int i = 0; i < count; i++) {
        if (read[i] < 0 || read[i] > scale) {
          throw new DamagedSegmentException("a number has too many digits");
        }
        scales[i] = (byte) read[i];
      }
    }
    long[] values = LongCodec.read(source, count);
    for (long value : values) {
      if (value == Long.MIN_VALUE) {
        throw new DamagedSegmentException("a number has too many digits");
      }
    }
    return new NumberValues(values, scale, scales);
  }

  void write(LongCodec longs, ByteSink out) {
    out.putVarint(scale);
    out.putByte(scales == null ? 0 : 1);
    if (scales != null) {
      long[] each = new long[scales.length];
      for (int i = 0; i < each.length; i++) {
        each[i] = scales[i];
      }
      longs.write(each, each.length, out);
    }
    longs.write(values, values.length, out);
  }

  @Override
  public int count() {
    return values.length;
  }

  @Override
  public int @Nullable [] valueCodes() {
    return null;
  }

  @Override
  public int codes() {
    return values.length;
  }

  @Override
  public void append(int index, ByteSink out) {
    byte[] target = out.reserve(SpelledNumber.MOST_BYTES + 2);
    out.advance(spell(index, target, out.size()) - out.size());
  }

  private int spell(int index, byte[] target, int at) {
    if (scales == null || scales[index] == scale) {
      return SpelledNumber.write(values[index], scale, target, at);
    }
    int written = scales[index];
    return SpelledNumber.write(
        values[index] / SpelledNumber.power(scale - written), written, target, at);
  }

  @Override
  public boolean mayHaveByte(int value) {
    return (value >= '0' && value <= '9') || value == '-' || value == '.';
  }

  @Override
  public EventColumn.@Nullable Digits digits() {
    return scales == null ? new EventColumn.Digits(values, scale, "number." + scale) : null;
  }

  @Override
  public TextValues texts() {
    byte[] bytes = new byte[values.length * (SpelledNumber.MOST_BYTES + 2)];
    int[] starts = new int[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      starts[i + 1] = spell(i, bytes, starts[i]);
    }
    return new TextValues(bytes, starts, 0, null);
  }

  @Override
  public NumberValues asNumbers() {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return values.length + " numbers";
  }
}
