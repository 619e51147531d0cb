package dev.logaggregator.subscription;

import java.time.Duration;

/**
 * How long to wait before an event is delivered again: the first pause, doubled each time, up to
 * the longest one.
 *
 * @param min a millisecond or more
 */
public record Backoff(Duration min, Duration max) {

  private static final int MOST_DOUBLINGS = 40;

  /**
   * The pause after that many failed deliveries in a row.
   *
   * @param failures 1 or more
   */
  public Duration after(int failures) {
    int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
    long longestMillis = max.toMillis();
    long millis = min.toMillis();
    return millis > longestMillis >> doublings ? max : Duration.ofMillis(millis << doublings);
  }
}
