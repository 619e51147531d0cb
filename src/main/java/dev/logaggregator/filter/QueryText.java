package dev.logaggregator.filter;

import dev.logaggregator.event.InvalidEventException;

/** What was written as {@code q}, and how it is told what is wrong with it. */
record QueryText(String text) {

  private static final int LONGEST_FOUND = 20;

  /**
   * The error that something else should stand there.
   *
   * @param what "a value", "')'"
   * @param at index of the character where it was expected
   */
  InvalidEventException expected(String what, int at) {
    return fault("expected " + what + ", found " + found(at), at);
  }

  /** Any other error. */
  InvalidEventException fault(String what, int at) {
    return new InvalidEventException("q", "at position " + position(at) + ": " + what);
  }

  /** Which character that is, as people count them. */
  int position(int at) {
    return text.codePointCount(0, at) + 1;
  }

  private String found(int at) {
    if (at >= text.length()) {
      return "the end";
    }
    int end = at;
    while (end < text.length() && end - at < LONGEST_FOUND && isPlain(text.charAt(end))) {
      end++;
    }
    if (end > at && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return "'" + text.substring(at, end == at ? text.offsetByCodePoints(at, 1) : end) + "'";
  }

  private static boolean isPlain(char c) {
    return !Character.isWhitespace(c) && "()\"{}:<>".indexOf(c) < 0;
  }
}
