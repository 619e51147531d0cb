package dev.logaggregator.filter;

import dev.logaggregator.event.InvalidEventException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as readers write them: {@code 250ms}, {@code 15s}, {@code 15m}, {@code 2h}, {@code 7d},
 * or as ISO-8601 has them, {@code PT15M}.
 */
public final class Durations {

  /** About 290 years: what still fits a {@code long} in nanoseconds. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private static final int MOST_CHARACTERS = 40;
  private static final Pattern SHORT_FORM = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");

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
