package dev.logaggregator.event;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes UUIDv7 ids (RFC 9562, section 5.7), as text. The random bits are drawn anew for each
 * millisecond and counted up within it (section 6.2, method 2), so that the ids of a batch sort in
 * the order in which they were made, and compress well.
 */
final class UuidSequence {

  private static final String HEX = "0123456789abcdef";

  /** In bytes, of one as text. */
  static final int LENGTH = 36;

  private long millis = -1;
  private long high;
  private long low;

  /** The next id, in ASCII. */
  byte[] next(Instant now) {
    if (now.toEpochMilli() != millis) {
      millis = now.toEpochMilli();
      ThreadLocalRandom random = ThreadLocalRandom.current();
      high = millis << 16 | 0x7000 | random.nextInt(0x1000);
      low = random.nextLong() >>> 3;
    } else {
      low++;
    }
    byte[] text = new byte[LENGTH];
    hex(text, 0, high >>> 32, 8);
    text[8] = '-';
    hex(text, 9, high >>> 16, 4);
    text[13] = '-';
    hex(text, 14, high, 4);
    text[18] = '-';
    long variant = low & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    hex(text, 19, variant >>> 48, 4);
    text[23] = '-';
    hex(text, 24, variant, 12);
    return text;
  }

  private static void hex(byte[] text, int at, long value, int digits) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = (byte) HEX.charAt((int) (rest & 0xF));
      rest >>>= 4;
    }
  }
}
