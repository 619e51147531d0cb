package dev.logaggregator.json;

/**
 * Characters as UTF-8. Half a surrogate pair, which JSON can escape, is kept as the three bytes
 * that UTF-8 would give it if it allowed it, so that nothing else is equal to it.
 */
public final class Utf8Text {

  private Utf8Text() {}

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

  /** Whether every surrogate has its other half. */
  public static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
