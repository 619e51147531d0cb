package dev.logaggregator.store;

import org.jspecify.annotations.Nullable;

/**
 * The store takes no events now: it was closed, its journal failed, or what was published before
 * can't be compressed as fast as it comes. Or, to a reader: it was interrupted.
 */
public class StoreUnavailableException extends RuntimeException {

  /**
   * @param reason for the caller; says what failed
   */
  public StoreUnavailableException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
