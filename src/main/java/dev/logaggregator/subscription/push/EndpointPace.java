package dev.logaggregator.subscription.push;

import dev.logaggregator.subscription.Backoff;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How hard an endpoint is pushed: one event at a time at first, more with each success, fewer with
 * each failure, and pauses that grow while it fails. So an endpoint that hangs or is down takes one
 * place, and that one seldom. Not for more than one thread.
 */
final class EndpointPace {

  /** A single event that is refused again and again doesn't slow the others down. */
  private static final int FAILURES_BEFORE_PAUSE = 3;

  private final int most;
  private int limit = 1;
  private int failures;
  private long pausedUntilMillis;

  EndpointPace(int most) {
    this.most = most;
  }

  /** How many pushes may be under way. */
  int limit() {
    return limit;
  }

  /** For how long nothing is to be pushed. */
  Duration pause(long nowMillis) {
    return Duration.ofMillis(Math.max(0, pausedUntilMillis - nowMillis));
  }

  void succeeded() {
    failures = 0;
    limit = Math.min(most, limit + 1);
  }

  /**
   * @param asked how long the endpoint wants to be left alone; null if it didn't say
   */
  void failed(long nowMillis, Backoff backoff, @Nullable Duration asked) {
    failures++;
    limit = Math.max(1, limit / 2);
    Duration pause =
        failures < FAILURES_BEFORE_PAUSE
            ? Duration.ZERO
            : backoff.after(failures - FAILURES_BEFORE_PAUSE + 1);
    if (asked != null && asked.compareTo(pause) > 0) {
      pause = asked;
    }
    pausedUntilMillis = Math.max(pausedUntilMillis, nowMillis + pause.toMillis());
  }
}
