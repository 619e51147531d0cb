package dev.logaggregator.store.segment.column;

/**
 * A number as JSON spells it, as digits and the place of the point: {@code 99.50} is 9950 with two
 * digits behind the point. Only spellings that follow from those two are taken: no exponent, no
 * {@code -0}, at most 18 digits.
 */
final class SpelledNumber {

  static final int MOST_DIGITS = 18;

  /** Characters of the longest: digits, point, sign, and a zero before the point. */
  static final int MOST_BYTES = MOST_DIGITS + 3;

  private static final long[] POWERS = new long[MOST_DIGITS + 1];

  /** The digits of the numbers below a hundred. */
  private static final byte[] TENS = new byte[100];

  private static final byte[] ONES = new byte[100];

  static {
    for (int i = 0; i < 100; i++) {
      TENS[i] = (byte) ('0' + i / 10);
      ONES[i] = (byte) ('0' + i % 10);
    }
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  long digits;
  int scale;

  static long power(int exponent) {
    return POWERS[exponent];
  }

  /** Whether the text is spelled so; then it is in the fields. */
  boolean parse(byte[] text, int from, int to) {
    boolean negative = from < to && text[from] == '-';
    int at = negative ? from + 1 : from;
    if (to - at > MOST_DIGITS + 1 || at == to) {
      return false;
    }
    int first = at;
    int point = -1;
    long value = 0;
    for (; at < to; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
      } else if (text[at] == '.' && point < 0 && at > first) {
        point = at;
      } else {
        return false;
      }
    }
    int whole = (point < 0 ? to : point) - first;
    scale = point < 0 ? 0 : to - point - 1;
    digits = negative ? -value : value;
    return whole + scale <= MOST_DIGITS
        && (point < 0 || scale > 0)
        && (text[first] != '0' || whole == 1)
        && !(negative && value == 0);
  }

  /** Writes it as it was spelled; returns the position after it. */
  static int write(long digits, int scale, byte[] target, int at) {
    int out = at;
    long rest = digits;
    if (digits < 0) {
      target[out++] = '-';
      rest = -rest;
    }
    if (scale == 0) {
      return writeDigits(rest, width(rest), target, out);
    }
    long whole = rest / POWERS[scale];
    out = writeDigits(whole, width(whole), target, out);
    target[out++] = '.';
    return writeDigits(rest - whole * POWERS[scale], scale, target, out);
  }

  /** From the number of bits, of which a digit is worth 1233/4096 of one. */
  private static int width(long value) {
    long positive = value | 1;
    int least = (Long.SIZE - Long.numberOfLeadingZeros(positive)) * 1233 >>> 12;
    return least + (least < POWERS.length && positive >= POWERS[least] ? 1 : 0);
  }

  /** Writes so many digits, zeros first where there are less. */
  static int writeDigits(long value, int width, byte[] target, int at) {
    long rest = value;
    int place = at + width;
    while (place > at && rest > Integer.MAX_VALUE) {
      target[--place] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    int small = (int) rest;
    while (place - at >= 2) {
      int next = small / 100;
      int pair = small - next * 100;
      target[--place] = ONES[pair];
      target[--place] = TENS[pair];
      small = next;
    }
    if (place > at) {
      target[--place] = (byte) ('0' + small % 10);
    }
    return at + width;
  }
}
