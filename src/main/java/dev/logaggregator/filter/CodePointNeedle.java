package dev.logaggregator.filter;

/**
 * Finds text whose letters beyond ASCII may be in any case: character by character, by Knuth,
 * Morris and Pratt's search.
 */
final class CodePointNeedle implements Needle {

  private final int[] needle;
  private final int[] borders;

  CodePointNeedle(String text) {
    needle = text.codePoints().map(LetterCase::fold).toArray();
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
    while (at < to && same < needle.length) {
      byte b = text[at];
      if (b >= 0) {
        same = longer(same, LetterCase.fold(b));
        at++;
      } else {
        int length = Math.min(Utf8Text.length(b), to - at);
        same = longer(same, LetterCase.fold(Utf8Text.codePoint(text, at, length)));
        at += length;
      }
    }
    return same == needle.length ? at : -1;
  }

  /** How much of the needle the text ends with, after one more character. */
  private int longer(int same, int next) {
    int longest = same;
    while (longest > 0 && needle[longest] != next) {
      longest = borders[longest - 1];
    }
    return needle[longest] == next ? longest + 1 : longest;
  }
}
