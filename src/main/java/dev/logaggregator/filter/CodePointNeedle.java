package dev.logaggregator.filter;

import dev.logaggregator.json.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds text whose letters beyond ASCII may be in any case: character by character, by Knuth,
 * Morris and Pratt's search.
 */
final class CodePointNeedle implements Needle {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGHS = 0x8080808080808080L;

  private final int[] needle;
  private final int[] borders;
  private final boolean startsBeyondAscii;

  /**
   * @param text not empty
   */
  CodePointNeedle(String text) {
    needle = text.codePoints().map(LetterCase::fold).toArray();
    startsBeyondAscii = needle[0] >= 0x80;
    borders = new int[needle.length];
    for (int i = 1, same = 0; i < needle.length; i++) {
      same = longer(same, needle[i]);
      borders[i] = same;
    }
  }

  @Override
  public int endOf(byte[] text, int from, int to) {
    int same = 0;
    int at = from;
    while (at < to) {
      if (same == 0 && startsBeyondAscii) {
        at = skipAscii(text, at, to);
        if (at == to) {
          return -1;
        }
      }
      byte b = text[at];
      if (b >= 0) {
        same = longer(same, LetterCase.fold(b));
        at++;
      } else {
        int length = Math.min(Utf8.length(b), to - at);
        same = longer(same, LetterCase.fold(Utf8.codePoint(text, at, length)));
        at += length;
      }
      if (same == needle.length) {
        return at;
      }
    }
    return -1;
  }

  /** How much of the needle the text ends with, after one more character. */
  private int longer(int same, int next) {
    int longest = same;
    while (longest > 0 && needle[longest] != next) {
      longest = borders[longest - 1];
    }
    return needle[longest] == next ? longest + 1 : longest;
  }

  private static int skipAscii(byte[] text, int from, int to) {
    int at = from;
    while (at + 8 <= to && ((long) LONGS.get(text, at) & HIGHS) == 0) {
      at += 8;
    }
    while (at < to && text[at] >= 0) {
      at++;
    }
    return at;
  }
}
