package dev.logaggregator.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A number as JSON spells it, compared exactly whatever its size: 64-bit integers don't lose their
 * last digits, {@code 500}, {@code 500.0} and {@code 5e2} are equal, and a number of a million
 * digits or with an exponent of ten takes no more than a walk over its characters.
 *
 * <p>It is seen as {@code ±0.d₁d₂d₃… × 10ⁿ} with {@code d₁ ≠ 0}, so that of two numbers of one sign
 * that with the larger n is the larger one, and digits decide between equal n.
 */
public final class Decimal {

  /** Beyond what any number of digits can make up for. */
  private static final long HUGE_EXPONENT = 1_000_000_000_000_000L;

  private final byte[] number;
  private final int sign;
  private final long exponent;
  private final int firstDigit;

  private Decimal(byte[] number, int from, int to) {
    this.number = Arrays.copyOfRange(number, from, to);
    this.firstDigit = firstDigit(this.number, 0, this.number.length);
    this.sign = sign(this.number, 0, firstDigit);
    this.exponent = exponent(this.number, 0, this.number.length, firstDigit);
  }

  /** The number that a text spells; null if it is none, by JSON's grammar. */
  public static @Nullable Decimal parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return isNumber(bytes, 0, bytes.length) ? new Decimal(bytes, 0, bytes.length) : null;
  }

  /** Whether that is a number by JSON's grammar. */
  public static boolean isNumber(byte[] text, int from, int to) {
    return end(text, from, to) == to;
  }

  /** Where the number ends that starts there; if it is none, {@code ~} where a digit is missing. */
  static int end(byte[] text, int from, int to) {
    int at = from < to && text[from] == '-' ? from + 1 : from;
    int whole = at < to && text[at] == '0' ? at + 1 : digitsEnd(text, at, to);
    if (whole == at) {
      return ~at;
    }
    at = whole;
    if (at < to && text[at] == '.') {
      int fraction = digitsEnd(text, at + 1, to);
      if (fraction == at + 1) {
        return ~fraction;
      }
      at = fraction;
    }
    if (at < to && (text[at] | 0x20) == 'e') {
      at++;
      if (at < to && (text[at] == '+' || text[at] == '-')) {
        at++;
      }
      int power = digitsEnd(text, at, to);
      if (power == at) {
        return ~at;
      }
      at = power;
    }
    return at;
  }

  /** Negative, 0 or positive as the number that is written there is less, equal or greater. */
  public int compareWith(byte[] text, int from, int to) {
    int otherFirst = firstDigit(text, from, to);
    int otherSign = sign(text, from, otherFirst);
    if (otherSign != sign || sign == 0) {
      return otherSign - sign;
    }
    int larger = Long.compare(exponent(text, from, to, otherFirst), exponent);
    return sign * (larger != 0 ? larger : compareDigits(text, otherFirst, to));
  }

  private int compareDigits(byte[] text, int otherFirst, int to) {
    int other = otherFirst;
    int own = firstDigit;
    while (true) {
      other = skipPoint(text, other, to);
      own = skipPoint(number, own, number.length);
      boolean otherHas = isDigit(text, other, to);
      boolean ownHas = isDigit(number, own, number.length);
      if (!otherHas && !ownHas) {
        return 0;
      }
      int difference = (otherHas ? text[other++] : '0') - (ownHas ? number[own++] : '0');
      if (difference != 0) {
        return difference < 0 ? -1 : 1;
      }
    }
  }

  private static int skipPoint(byte[] text, int at, int to) {
    return at < to && text[at] == '.' ? at + 1 : at;
  }

  /** Where the first digit other than 0 is; negative if there is none. */
  private static int firstDigit(byte[] text, int from, int to) {
    for (int at = from; at < to && (text[at] | 0x20) != 'e'; at++) {
      if (text[at] >= '1' && text[at] <= '9') {
        return at;
      }
    }
    return -1;
  }

  private static int sign(byte[] text, int from, int firstDigit) {
    return firstDigit < 0 ? 0 : text[from] == '-' ? -1 : 1;
  }

  /** The n of the class comment. */
  private static long exponent(byte[] text, int from, int to, int firstDigit) {
    if (firstDigit < 0) {
      return 0;
    }
    int at = text[from] == '-' ? from + 1 : from;
    int point = digitsEnd(text, at, to);
    long exponent = firstDigit < point ? point - firstDigit : point + 1 - firstDigit;
    at = point < to && text[point] == '.' ? digitsEnd(text, point + 1, to) : point;
    return at < to ? exponent + power(text, at + 1, to) : exponent;
  }

  private static long power(byte[] text, int from, int to) {
    boolean signed = text[from] == '-' || text[from] == '+';
    long power = 0;
    for (int at = signed ? from + 1 : from; at < to; at++) {
      power = Math.min(HUGE_EXPONENT, power * 10 + text[at] - '0');
    }
    return text[from] == '-' ? -power : power;
  }

  private static int digitsEnd(byte[] text, int from, int to) {
    int at = from;
    while (isDigit(text, at, to)) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(byte[] text, int at, int to) {
    return at < to && text[at] >= '0' && text[at] <= '9';
  }
}
