package dev.logaggregator.subscription;

import java.time.Duration;

/** Durations as callers write them. */
final class DurationText {

  private DurationText() {}

  /** In the largest unit that needs no fraction: 250ms, 30s, 10m, 2h, 7d. */
  static String of(Duration duration) {
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
}
