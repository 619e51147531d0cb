package dev.logaggregator.subscription;

/** As many pulls wait for an event as may. Carries no stack trace: who is told so may ask often. */
public final class TooManyWaitingPullsException extends RuntimeException {

  TooManyWaitingPullsException(String message) {
    super(message, null, false, false);
  }
}
