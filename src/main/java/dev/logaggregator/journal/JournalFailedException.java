package dev.logaggregator.journal;

import org.jspecify.annotations.Nullable;

/**
 * The journal can't promise durability any more, or was closed. Not to be retried: what a failed
 * sync has left on disk is unknown.
 */
public class JournalFailedException extends RuntimeException {

  /**
   * @param reason for operators and callers: what failed
   * @param cause null when nothing failed, but the journal was closed
   */
  public JournalFailedException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
