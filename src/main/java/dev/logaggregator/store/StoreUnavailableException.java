package dev.logaggregator.store;

import org.jspecify.annotations.Nullable;

/** The store takes no events now: it is starting, stopping, or its journal failed. */
public class StoreUnavailableException extends RuntimeException {

  /**
   * @param reason for the caller; says what failed
   */
  public StoreUnavailableException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
