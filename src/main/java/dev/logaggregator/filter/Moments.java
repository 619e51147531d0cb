package dev.logaggregator.filter;

import dev.logaggregator.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Moments as readers name them: a time, or a duration before now. */
final class Moments {

  /** What may be written. */
  static final String FORMS = "RFC 3339, an epoch, or a duration ago such as 15m";

  private Moments() {}

  /**
   * The moment that a text names; null if it names none.
   *
   * @param now what durations ago are before; null where they aren't understood
   */
  static @Nullable Instant parse(String text, @Nullable Instant now) {
    Instant time = Timestamps.parse(withPlus(text));
    if (time != null || now == null) {
      return time;
    }
    Duration ago = Durations.parse(text);
    return ago == null ? null : now.minus(ago);
  }

  /** A {@code +} in a URL that nobody encoded arrives as a space: 2026-11-22T07:00:00 07:00. */
  private static String withPlus(String text) {
    int space = text.lastIndexOf(' ');
    return space > "2026-11-22T".length()
        ? text.substring(0, space) + '+' + text.substring(space + 1)
        : text;
  }
}
