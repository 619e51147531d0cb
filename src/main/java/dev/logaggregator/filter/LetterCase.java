package dev.logaggregator.filter;

/**
 * When two characters differ in case only. ASCII letters and others don't mix (the Kelvin sign is
 * no k), so that ASCII text is found by looking at bytes alone.
 */
final class LetterCase {

  /** What has two bytes in UTF-8 at most: the alphabets of Europe and the Near East. */
  private static final char[] FOLDED = new char[0x800];

  private static final byte[] FOLDED_BYTES = new byte[256];

  static {
    for (int i = 0; i < 256; i++) {
      FOLDED_BYTES[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 32 : i);
    }
    for (int i = 0; i < FOLDED.length; i++) {
      FOLDED[i] = (char) (i < 0x80 ? FOLDED_BYTES[i] : foldBeyondAscii(i));
    }
  }

  private LetterCase() {}

  /** The same for all characters that differ in case only. */
  static int fold(int codePoint) {
    return codePoint < FOLDED.length ? FOLDED[codePoint] : foldBeyondAscii(codePoint);
  }

  private static int foldBeyondAscii(int codePoint) {
    int folded = Character.toLowerCase(Character.toUpperCase(codePoint));
    return folded < 0x80 ? codePoint : folded;
  }

  /** As {@link #fold}, for a byte of UTF-8: those beyond ASCII stay. */
  static byte fold(byte b) {
    return FOLDED_BYTES[b & 0xFF];
  }

  /** Whether folding its bytes is all it takes: ASCII, and what is no case of anything. */
  static boolean isBytewise(int codePoint) {
    return codePoint < 0x80
        || (!Character.isLowerCase(codePoint)
            && !Character.isUpperCase(codePoint)
            && fold(codePoint) == codePoint);
  }
}
