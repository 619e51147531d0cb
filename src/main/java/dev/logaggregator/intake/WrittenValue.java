package dev.logaggregator.intake;

import dev.logaggregator.event.Level;
import dev.logaggregator.event.Timestamps;
import dev.logaggregator.json.JsonText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Levels and times as publishers write them, in an envelope or in a payload of their own. */
final class WrittenValue {

  private WrittenValue() {}

  /** The level that a JSON value names; null if it isn't a string that names one. */
  static @Nullable Level level(byte[] json, int from, int to) {
    if (json[from] != '"') {
      return null;
    }
    return JsonText.hasEscape(json, from, to)
        ? Level.parse(JsonText.unescape(json, from + 1, to - 1))
        : Level.parse(json, from + 1, to - 1);
  }

  /** The time that a JSON string or number names; null if it names none. */
  static @Nullable Instant timestamp(byte[] json, int from, int to) {
    byte first = json[from];
    if (first != '"') {
      return first == '-' || (first >= '0' && first <= '9')
          ? Timestamps.parse(json, from, to)
          : null;
    }
    return JsonText.hasEscape(json, from, to)
        ? Timestamps.parse(JsonText.unescape(json, from + 1, to - 1))
        : Timestamps.parse(json, from + 1, to - 1);
  }
}
