package dev.logaggregator.search;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * Hashes of values' texts, always the same, so that the same values are always estimated to be as
 * many. A text that spells a number as most do is hashed by that number, so that where numbers lie
 * in columns they need not be spelled.
 */
final class ValueHash {

  private static final Hasher64 HASHER = Hashing.komihash5_0();

  private static final int MOST_DIGITS = 18;

  /** Larger than every number of digits, and odd, so that nothing is lost. */
  private static final long SCALES = 31;

  private ValueHash() {}

  static long of(byte[] text, int from, int to) {
    boolean mayBeNumber = from < to && text[from] <= '9' && text[from] >= '-';
    return mayBeNumber ? ofNumber(text, from, to) : HASHER.hashBytesToLong(text, from, to - from);
  }

  /**
   * The hash of the text that spells {@code digits / 10^scale} with as many digits behind a point.
   */
  static long of(long digits, int scale) {
    long hash = digits * SCALES + scale;
    hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    hash = (hash ^ hash >>> 33) * 0xC4CEB9FE1A85EC53L;
    return hash ^ hash >>> 33;
  }

  /** A text that isn't spelled as a number's digits say is a text. */
  private static long ofNumber(byte[] text, int from, int to) {
    int first = text[from] == '-' ? from + 1 : from;
    long digits = 0;
    int point = to;
    boolean plain = first < to && to - first <= MOST_DIGITS + 1;
    for (int at = first; plain && at < to; at++) {
      byte b = text[at];
      if (b == '.' && point == to) {
        point = at;
      } else {
        digits = digits * 10 + b - '0';
        plain = b >= '0' && b <= '9';
      }
    }
    int whole = point - first;
    int scale = point == to ? 0 : to - point - 1;
    plain &=
        whole > 0
            && whole + scale <= MOST_DIGITS
            && (point == to || scale > 0)
            && (whole == 1 || text[first] != '0')
            && (first == from || digits != 0);
    return plain
        ? of(first == from ? digits : -digits, scale)
        : HASHER.hashBytesToLong(text, from, to - from);
  }
}
