package dev.logaggregator.json;

/**
 * Bytes that are not the JSON that was expected. The message says where, counted from 1 at the
 * beginning of the value, and what was expected there.
 *
 * <p>Carries no stack trace: one is thrown for each bad line of a batch, and where it was thrown
 * from says nothing that the message doesn't.
 */
public final class MalformedJsonException extends RuntimeException {

  MalformedJsonException(String reason) {
    super(reason, null, false, false);
  }

  /** What is wrong, in words for whoever sent it. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
