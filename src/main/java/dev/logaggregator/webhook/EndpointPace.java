package dev.logaggregator.webhook;

import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How hard an endpoint is pushed: one event at a time at first, more with each success, fewer with
 * each failure, and pauses that grow while it fails. So an endpoint that hangs or is down takes one
 * place, and that one seldom. Not for more than one thread.
 */
public final class EndpointPace {

  /** A single event that is refused again and again doesn't slow the others down. */
  private static final int FAILURES_BEFORE_PAUSE = 3;

  private final int most;
  private int limit = 1;
  private int failures;
  private long pausedUntilMillis;

  /**
   * @param most how many pushes may be under way when all goes well
   */
  public EndpointPace(int most) {
    this.most = most;
  }

  /** How many pushes may be under way. */
  public int limit() {
    return limit;
  }

  /** For how long nothing is to be pushed. */
  public Duration pause(long nowMillis) {
    return Duration.ofMillis(Math.max(0, pausedUntilMillis - nowMillis));
  }

  /** A push was acknowledged. */
  public void succeeded() {
    failures = 0;
    limit = Math.min(most, limit + 1);
  }

  /**
   * A push has failed.
   *
   * @param backoff the pause after so many failures in a row
   * @param asked how long the endpoint wants to be left alone; null if it didn't say
   */
  public void failed(long nowMillis, IntFunction<Duration> backoff, @Nullable Duration asked) {
    failures++;
    limit = Math.max(1, limit / 2);
    Duration pause =
        failures < FAILURES_BEFORE_PAUSE
            ? Duration.ZERO
            : backoff.apply(failures - FAILURES_BEFORE_PAUSE + 1);
    if (asked != null && asked.compareTo(pause) > 0) {
      pause = asked;
    }
    pausedUntilMillis = Math.max(pausedUntilMillis, nowMillis + pause.toMillis());
  }
}
