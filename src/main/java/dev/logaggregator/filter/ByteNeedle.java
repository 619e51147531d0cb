package dev.logaggregator.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes in bytes, ASCII letters in any case if wished.
 *
 * <p>Two bytes of the needle, the rarest in usual logs, are looked for at once and at their
 * distance from each other, eight starts at a time in the bytes of a {@code long}; only where both
 * are is the rest compared. Whether a byte of a word is zero is asked as in Warren, <i>Hacker's
 * Delight</i>, 6-1: that may report a byte too many, above a true one, never one too few.
 *
 * <p>Comparing takes needle times text where a text was made for it ("aaaa…"). When more was
 * compared than the text is long, Knuth, Morris and Pratt's search, slower but linear, takes over.
 */
final class ByteNeedle implements Needle {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /** Bytes of usual logs, the most frequent first; those not listed are rarer. */
  private static final String FREQUENT = "\"e ,:0ta1i2sorn345-6789dlcpm./_ugTZhbfyvwkx{}[]()=";

  private static final int SMALL_CHANGE = 256;

  private final byte[] needle;
  private final boolean anyCase;
  private final int firstAt;
  private final int secondAt;
  private final long firstByte;
  private final long firstCase;
  private final long secondByte;
  private final long secondCase;

  /**
   * @param anyCase whether ASCII letters stand for both of their cases
   */
  ByteNeedle(byte[] bytes, boolean anyCase) {
    this.anyCase = anyCase;
    this.needle = bytes.clone();
    for (int i = 0; i < needle.length; i++) {
      needle[i] = folded(needle[i]);
    }
    this.firstAt = rarest(-1);
    this.secondAt = needle.length < 2 ? firstAt : rarest(firstAt);
    this.firstByte = needle.length == 0 ? 0 : ONES * (needle[firstAt] & 0xFF);
    this.secondByte = needle.length == 0 ? 0 : ONES * (needle[secondAt] & 0xFF);
    this.firstCase = caseBit(firstAt);
    this.secondCase = caseBit(secondAt);
  }

  @Override
  public int endOf(byte[] text, int from, int to) {
    if (needle.length == 0) {
      return from;
    }
    int last = to - needle.length;
    long credit = (long) to - from + SMALL_CHANGE;
    int at = skip(text, from, last);
    for (; at + 7 <= last; at = skip(text, at + 8, last)) {
      long candidates = candidates(text, at);
      for (; candidates != 0; candidates &= candidates - 1) {
        int start = at + (Long.numberOfTrailingZeros(candidates) >>> 3);
        int same = commonLength(text, start);
        if (same == needle.length) {
          return start + same;
        }
        credit -= same;
        if (credit < 0) {
          return linearly(text, start + 1, to);
        }
      }
    }
    for (; at <= last; at++) {
      int same = commonLength(text, at);
      if (same == needle.length) {
        return at + same;
      }
      credit -= same;
      if (credit < 0) {
        return linearly(text, at + 1, to);
      }
    }
    return -1;
  }

  /** Goes on by sixteen starts at a time as long as there is none among them. */
  private int skip(byte[] text, int from, int last) {
    int at = from;
    while (at + 15 <= last && (candidates(text, at) | candidates(text, at + 8)) == 0) {
      at += 16;
    }
    return at;
  }

  /** The high bit of each byte at which the needle may start, for eight starts from there. */
  private long candidates(byte[] text, int at) {
    long first = ((long) LONGS.get(text, at + firstAt) | firstCase) ^ firstByte;
    long second = ((long) LONGS.get(text, at + secondAt) | secondCase) ^ secondByte;
    return (first - ONES) & ~first & (second - ONES) & ~second & HIGHS;
  }

  private int commonLength(byte[] text, int start) {
    int i = 0;
    while (i < needle.length && folded(text[start + i]) == needle[i]) {
      i++;
    }
    return i;
  }

  /** Makes its table anew: it is rarely needed, and there may be many needles. */
  private int linearly(byte[] text, int from, int to) {
    int[] borders = borders(needle);
    int same = 0;
    for (int at = from; at < to; at++) {
      byte b = folded(text[at]);
      while (same > 0 && needle[same] != b) {
        same = borders[same - 1];
      }
      if (needle[same] == b && ++same == needle.length) {
        return at + 1;
      }
    }
    return -1;
  }

  private byte folded(byte b) {
    return anyCase ? LetterCase.fold(b) : b;
  }

  /** For each beginning of the needle, how much of its end is a beginning of the needle again. */
  private static int[] borders(byte[] needle) {
    int[] borders = new int[needle.length];
    for (int i = 1, same = 0; i < needle.length; i++) {
      while (same > 0 && needle[same] != needle[i]) {
        same = borders[same - 1];
      }
      if (needle[same] == needle[i]) {
        same++;
      }
      borders[i] = same;
    }
    return borders;
  }

  private int rarest(int but) {
    int found = 0;
    int best = -1;
    for (int i = 0; i < needle.length; i++) {
      int frequent = FREQUENT.indexOf(needle[i] & 0xFF);
      int rarity = frequent < 0 ? FREQUENT.length() : frequent;
      if (but >= 0 && needle[i] == needle[but]) {
        rarity = 0;
      }
      if (i != but && rarity > best) {
        found = i;
        best = rarity;
      }
    }
    return found;
  }

  /** What makes both cases of a letter the lower one; no other byte becomes a letter by it. */
  private long caseBit(int at) {
    boolean letter = anyCase && needle.length > 0 && needle[at] >= 'a' && needle[at] <= 'z';
    return letter ? ONES * 0x20 : 0;
  }
}
