package dev.logaggregator.intake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells names of members apart by a single comparison of their first bytes. */
final class ShortNames {

  /** How many bytes of a name are in its head. */
  static final int HEAD_BYTES = Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ShortNames() {}

  /** The first bytes of a name, the first one lowest, filled up with zeros. */
  static long head(byte[] bytes, int from, int to) {
    int length = to - from;
    if (from + HEAD_BYTES <= bytes.length) {
      long word = (long) LONGS.get(bytes, from);
      return length >= HEAD_BYTES ? word : word & ((1L << 8 * length) - 1);
    }
    long head = 0;
    for (int i = Math.min(length, HEAD_BYTES) - 1; i >= 0; i--) {
      head = head << 8 | (bytes[from + i] & 0xFF);
    }
    return head;
  }
}
