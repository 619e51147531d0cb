package dev.logaggregator.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How one event lies in memory, little-endian, so that a batch is copied into the log in one go and
 * a reader sees each field without decoding the others:
 *
 * <pre>
 *  0  int   length of all of it
 *  4  int   offset, relative to the base of the segment
 *  8  int   number of the topic: in a batch, an index into the batch's topics; in the log, the log's
 * 12  long  timestamp, seconds since the epoch
 * 20  int   timestamp, nanoseconds within the second
 * 24  long  receivedAt, nanoseconds since the epoch
 * 32  byte  level, ordinal + 1; 0 if there is none. The highest bit: attributes or payload have a
 *           backslash
 * 33  short length of the id
 * 35  short length of the source; 0 if there is none
 * 37  int   length of the attributes; 0 if there are none
 * 41  id, source (UTF-8), attributes (a JSON object of strings), payload (JSON)
 * </pre>
 */
final class EventLayout {

  static final int LENGTH = 0;
  static final int OFFSET = 4;
  static final int TOPIC = 8;
  static final int SECONDS = 12;
  static final int NANOS = 20;
  static final int RECEIVED = 24;
  static final int LEVEL = 32;
  static final int ID_LENGTH = 33;
  static final int SOURCE_LENGTH = 35;
  static final int ATTRIBUTES_LENGTH = 37;
  static final int HEADER = 41;

  /** In the byte of the level: the level itself, and whether there is a backslash. */
  static final int LEVEL_BITS = 0x7F;

  static final int ESCAPED = 0x80;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private EventLayout() {}

  static int getShort(byte[] bytes, int at) {
    return (short) SHORTS.get(bytes, at) & 0xFFFF;
  }

  static int getInt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static long getLong(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static void putShort(byte[] bytes, int at, int value) {
    SHORTS.set(bytes, at, (short) value);
  }

  static void putInt(byte[] bytes, int at, int value) {
    INTS.set(bytes, at, value);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONGS.set(bytes, at, value);
  }
}
