package dev.logaggregator.filter;

import dev.logaggregator.event.EventColumn;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds a text of digits in numbers without spelling them, which costs several times as much: the
 * first three digits are looked up in a table of all that five digits may be, and numbers are
 * looked at five digits at a time, in steps of three.
 *
 * <p>The text doesn't begin with 0, so that digits that a number doesn't have, which are zeros
 * before it, are never taken for part of the text.
 */
final class DigitSearch {

  private static final int MOST_DIGITS = 18;
  private static final int HEAD = 3;
  private static final int WINDOW = 100_000;
  private static final int STEP = 1_000;

  private final long text;
  private final long modulus;
  private final boolean isLonger;

  /** Five digits each, a bit for those that have the head of the text. */
  private final long[] windows;

  private DigitSearch(String digits) {
    text = Long.parseLong(digits);
    modulus = power(digits.length());
    isLonger = digits.length() > HEAD;
    String head = digits.substring(0, Math.min(HEAD, digits.length()));
    windows = windowsWith(Integer.parseInt(head), (int) power(head.length()));
  }

  /** Null if the text is another one. */
  static @Nullable DigitSearch of(String text) {
    boolean isSuch =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.charAt(0) != '0'
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isSuch ? new DigitSearch(text) : null;
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  private static long[] windowsWith(int head, int modulus) {
    BitSet having = new BitSet(WINDOW);
    for (int window = 0; window < WINDOW; window++) {
      for (int rest = window; rest >= head; rest /= 10) {
        if (rest % modulus == head) {
          having.set(window);
        }
      }
    }
    long[] words = new long[WINDOW / Long.SIZE + 1];
    System.arraycopy(having.toLongArray(), 0, words, 0, having.toLongArray().length);
    return words;
  }

  /** Those of the numbers in which it occurs. */
  BitSet find(EventColumn.Digits digits) {
    long[] numbers = digits.numbers();
    long point = power(digits.behindPoint());
    long[] words = new long[(numbers.length >> 6) + 1];
    for (int i = 0; i < numbers.length; i++) {
      long number = Math.abs(numbers[i]);
      boolean isIn = point == 1 ? isIn(number) : isIn(number / point) || isIn(number % point);
      words[i >> 6] |= (isIn ? 1L : 0L) << i;
    }
    return BitSet.valueOf(words);
  }

  private boolean isIn(long number) {
    long rest = number;
    for (; rest > Integer.MAX_VALUE; rest /= STEP) {
      if (hasHead((int) (rest % WINDOW))) {
        return !isLonger || isInFull(number);
      }
    }
    // Dividing an int takes less than half the time.
    for (int small = (int) rest; small > 0; small /= STEP) {
      if (hasHead(small % WINDOW)) {
        return !isLonger || isInFull(number);
      }
    }
    return false;
  }

  private boolean hasHead(int window) {
    return (windows[window >> 6] & 1L << window) != 0;
  }

  private boolean isInFull(long number) {
    for (long rest = number; rest >= text; rest /= 10) {
      if (rest % modulus == text) {
        return true;
      }
    }
    return false;
  }
}
