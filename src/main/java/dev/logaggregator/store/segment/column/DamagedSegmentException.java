package dev.logaggregator.store.segment.column;

import org.jspecify.annotations.Nullable;

/** A sealed segment's bytes are not those that were written. */
public final class DamagedSegmentException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  DamagedSegmentException(String how) {
    this(how, null);
  }

  DamagedSegmentException(String how, @Nullable Throwable cause) {
    super("a segment is damaged: " + how, cause);
  }
}
