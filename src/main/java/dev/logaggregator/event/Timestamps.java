package dev.logaggregator.event;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as publishers and readers write them: RFC 3339, or a number since the epoch whose unit is
 * told by its size. Years 0000 to 9999, as RFC 3339 has them.
 */
public final class Timestamps {

  /** A number of a smaller size is in seconds (until the year 5138). */
  private static final long MILLIS_FROM = 100_000_000_000L;

  private static final long MICROS_FROM = MILLIS_FROM * 1_000;
  private static final long NANOS_FROM = MICROS_FROM * 1_000;

  private static final long MIN_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long MAX_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private static final int LONGEST_NUMBER = 40;

  /** So many digits are a long, whatever they are. */
  private static final int MOST_DIGITS = 18;

  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,2})?");

  private Timestamps() {}

  /** The time that a text names; null if it names none. */
  public static @Nullable Instant parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /** As {@link #parse(String)}, from UTF-8. */
  public static @Nullable Instant parse(byte[] bytes, int from, int to) {
    if (to - from >= 20 && bytes[from + 4] == '-') {
      return parseRfc3339(bytes, from, to);
    }
    return parseEpoch(bytes, from, to);
  }

  private static @Nullable Instant parseRfc3339(byte[] bytes, int from, int to) {
    int year = digits(bytes, from, 4);
    int month = digits(bytes, from + 5, 2);
    int day = digits(bytes, from + 8, 2);
    int hour = digits(bytes, from + 11, 2);
    int minute = digits(bytes, from + 14, 2);
    int second = digits(bytes, from + 17, 2);
    int separator = bytes[from + 10];
    boolean shaped =
        (year | month | day | hour | minute | second) >= 0
            && bytes[from + 7] == '-'
            && (separator == 'T' || separator == 't' || separator == ' ')
            && bytes[from + 13] == ':'
            && bytes[from + 16] == ':';
    // A leap second (60) is read as the first second of the next minute.
    if (!shaped || hour > 23 || minute > 59 || second > 60) {
      return null;
    }
    int at = from + 19;
    int nanos = 0;
    if (bytes[at] == '.') {
      int unit = 100_000_000;
      int first = ++at;
      for (; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++, unit /= 10) {
        nanos += (bytes[at] - '0') * unit;
      }
      if (at == first) {
        return null;
      }
    }
    int offsetSeconds = zone(bytes, at, to);
    if (offsetSeconds == NO_ZONE) {
      return null;
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      return within(days * 86_400 + hour * 3_600 + minute * 60 + second - offsetSeconds, nanos);
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  private static final int NO_ZONE = Integer.MIN_VALUE;

  private static int zone(byte[] bytes, int at, int to) {
    if (to - at == 1 && (bytes[at] == 'Z' || bytes[at] == 'z')) {
      return 0;
    }
    if (to - at != 6 || bytes[at + 3] != ':' || (bytes[at] != '+' && bytes[at] != '-')) {
      return NO_ZONE;
    }
    int hours = digits(bytes, at + 1, 2);
    int minutes = digits(bytes, at + 4, 2);
    if (hours < 0 || minutes < 0 || hours > 23 || minutes > 59) {
      return NO_ZONE;
    }
    int seconds = hours * 3_600 + minutes * 60;
    return bytes[at] == '-' ? -seconds : seconds;
  }

  /** The number that so many digits make; negative if one of them is no digit. */
  private static int digits(byte[] bytes, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static @Nullable Instant parseEpoch(byte[] bytes, int from, int to) {
    long number = 0;
    int at = from;
    for (; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      number = number * 10 + bytes[at] - '0';
    }
    return at == to && at > from && at - from <= MOST_DIGITS
        ? ofInteger(number)
        : parseNumber(bytes, from, to);
  }

  private static @Nullable Instant ofInteger(long number) {
    long unitsPerSecond =
        number < MILLIS_FROM
            ? 1
            : number < MICROS_FROM ? 1_000 : number < NANOS_FROM ? 1_000_000 : 1_000_000_000;
    long nanosPerUnit = 1_000_000_000 / unitsPerSecond;
    return within(number / unitsPerSecond, (int) (number % unitsPerSecond * nanosPerUnit));
  }

  /** A number in any spelling that JSON has. */
  private static @Nullable Instant parseNumber(byte[] bytes, int from, int to) {
    if (from == to || to - from > LONGEST_NUMBER) {
      return null;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    BigDecimal number = new BigDecimal(text);
    BigDecimal size = number.abs();
    int scale =
        size.compareTo(BigDecimal.valueOf(MILLIS_FROM)) < 0
            ? 0
            : size.compareTo(BigDecimal.valueOf(MICROS_FROM)) < 0
                ? 3
                : size.compareTo(BigDecimal.valueOf(NANOS_FROM)) < 0 ? 6 : 9;
    BigDecimal seconds = number.movePointLeft(scale);
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    if (whole.precision() > 12) {
      return null;
    }
    int nanos = seconds.subtract(whole).movePointRight(9).intValue();
    return within(whole.longValue(), nanos);
  }

  private static @Nullable Instant within(long second, int nanos) {
    return second < MIN_SECOND || second > MAX_SECOND ? null : Instant.ofEpochSecond(second, nanos);
  }
}
