package dev.logaggregator.filter;

import java.nio.charset.StandardCharsets;

/** A piece of text that is searched for in UTF-8, in time linear in the text that is searched. */
interface Needle {

  /** Where its first occurrence ends; -1 if it doesn't occur. The empty text occurs everywhere. */
  int endOf(byte[] text, int from, int to);

  /** Finds that very text. */
  static Needle exactly(String text) {
    return new ByteNeedle(text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Finds the text in upper, lower or mixed case. */
  static Needle inAnyCase(String text) {
    return text.codePoints().allMatch(LetterCase::isBytewise)
        ? new ByteNeedle(text.getBytes(StandardCharsets.UTF_8), true)
        : new CodePointNeedle(text);
  }
}
