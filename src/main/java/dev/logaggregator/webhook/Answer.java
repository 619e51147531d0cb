package dev.logaggregator.webhook;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt.
 *
 * @param status of the response; 0 if there was none
 * @param error why it failed; null if it didn't
 * @param retryAfter how long the endpoint wants to be left alone; null if it didn't say
 */
public record Answer(int status, @Nullable String error, @Nullable Duration retryAfter) {

  private static final int GONE = 410;

  static Answer of(int status, @Nullable Duration retryAfter) {
    String error =
        switch (status / 100) {
          case 2 -> null;
          case 3 -> "answered " + status + ", a redirect, which is not followed";
          default -> "answered " + status;
        };
    boolean wantsPause = status == 429 || status == 503;
    return new Answer(status, error, wantsPause ? retryAfter : null);
  }

  static Answer none(String error) {
    return new Answer(0, error, null);
  }

  /** The same in other words. */
  public Answer withError(UnaryOperator<String> words) {
    return error == null ? this : new Answer(status, words.apply(error), retryAfter);
  }

  /** Whether the endpoint has taken it. */
  public boolean isGood() {
    return error == null;
  }

  /** Whether the endpoint wants no events any more. */
  public boolean isGone() {
    return status == GONE;
  }
}
