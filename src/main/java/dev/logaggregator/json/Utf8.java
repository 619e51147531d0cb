package dev.logaggregator.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF. Only half a
 * surrogate pair, which JSON can escape, is written as the three bytes that UTF-8 would give it if
 * it allowed it, so that nothing else is equal to it; {@link #isValid} doesn't hold for it.
 */
public final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Utf8() {}

  /** Whether these bytes are ASCII, from the space to the tilde. */
  public static boolean isPrintableAscii(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long word = (long) LONGS.get(bytes, at);
      // Below the space a byte borrows, DEL carries into its highest bit.
      if (((word | (word - ONES * ' ') | (word + ONES)) & HIGHS) != 0) {
        return false;
      }
    }
    for (; at < to; at++) {
      if (bytes[at] < ' ' || bytes[at] == 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** Whether these bytes are well formed. */
  public static boolean isValid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (at + 8 <= to && ((long) LONGS.get(bytes, at) & HIGHS) == 0) {
        at += 8;
      } else if (bytes[at] >= 0) {
        at++;
      } else {
        int length = sequenceLength(bytes, at, to);
        if (length == 0) {
          return false;
        }
        at += length;
      }
    }
    return true;
  }

  /**
   * Length in bytes of the character of more than one byte that starts there; 0 if it isn't a well
   * formed one.
   */
  static int sequenceLength(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > end) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    boolean valid =
        switch (first) {
          case 0xE0 -> second >= 0xA0;
          case 0xED -> second < 0xA0;
          case 0xF0 -> second >= 0x90;
          case 0xF4 -> second < 0x90;
          default -> true;
        };
    return valid ? length : 0;
  }

  /** How many bytes the character has that starts with that byte. */
  public static int length(byte lead) {
    if (lead >= 0) {
      return 1;
    }
    int bits = lead & 0xFF;
    return bits < 0xE0 ? 2 : bits < 0xF0 ? 3 : 4;
  }

  /** The character in that many bytes. */
  public static int codePoint(byte[] text, int at, int length) {
    if (length == 1) {
      return text[at] & 0xFF;
    }
    int codePoint = text[at] & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      codePoint = codePoint << 6 | (text[at + i] & 0x3F);
    }
    return codePoint;
  }

  /** Writes a character; returns where the next one goes. */
  public static int put(int codePoint, byte[] text, int at) {
    if (codePoint < 0x80) {
      text[at] = (byte) codePoint;
      return at + 1;
    }
    int length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    int rest = codePoint;
    for (int i = length - 1; i > 0; i--) {
      text[at + i] = (byte) (0x80 | (rest & 0x3F));
      rest >>= 6;
    }
    text[at] = (byte) (0xF00 >> length | rest);
    return at + length;
  }

  /** A text's bytes, in which lone surrogates are kept as if they were characters. */
  public static byte[] bytes(String text) {
    if (isWellFormed(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[4 * text.length()];
    int at = 0;
    for (int codePoint : text.codePoints().toArray()) {
      at = put(codePoint, bytes, at);
    }
    return Arrays.copyOf(bytes, at);
  }

  /** Whether every surrogate has its other half. */
  public static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
