package dev.logaggregator.filter;

import dev.logaggregator.event.InvalidEventException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as callers write them and are told: {@code 250ms}, {@code 15s}, {@code 15m}, {@code
 * 2h}, {@code 7d}; also understood as ISO-8601 has them, {@code PT15M}.
 */
public final class Durations {

  /** About 290 years: what still fits a {@code long} in nanoseconds. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private static final int MOST_CHARACTERS = 40;
  private static final Pattern SHORT_FORM = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");

  private static final Pattern NONE = Pattern.compile("0+(ms|s|m|h|d)?|PT0S");

  private Durations() {}

  /**
   * A duration longer than nothing, and short enough for {@link Duration#toNanos}.
   *
   * @param parameter the parameter that is it, for the error
   * @throws InvalidEventException when the text is none
   */
  public static Duration parse(String parameter, String text) {
    Duration duration = parse(text);
    if (duration == null) {
      throw new InvalidEventException(
          parameter, "must be a positive duration such as 250ms, 15s, 15m, 2h, 7d or PT15M");
    }
    return duration;
  }

  /** As {@link #parse(String, String)}, or no time at all: {@code 0}, {@code 0s}. */
  public static Duration parseOrZero(String parameter, String text) {
    return NONE.matcher(text).matches() ? Duration.ZERO : parse(parameter, text);
  }

  /** In the largest unit that needs no fraction; what is less than a millisecond is left out. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds % 60 != 0 || seconds == 0) {
      return seconds + "s";
    }
    if (seconds % 3_600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 != 0 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
  }

  /** As {@link #parse(String, String)}, or null if the text is none. */
  static @Nullable Duration parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return null;
    }
    try {
      Matcher matcher = SHORT_FORM.matcher(text);
      Duration duration =
          matcher.matches()
              ? duration(Long.parseLong(matcher.group(1)), matcher.group(2))
              : Duration.parse(text);
      return duration.isPositive() && duration.compareTo(LONGEST) <= 0 ? duration : null;
    } catch (DateTimeException | ArithmeticException noDuration) {
      return null;
    }
  }

  private static Duration duration(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
