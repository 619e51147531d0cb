package dev.logaggregator.store;

import java.util.function.BooleanSupplier;

/**
 * A turn on a scanner.
 *
 * @param endNanos when it is over, as {@link System#nanoTime} counts
 */
record Slice(long endNanos) implements BooleanSupplier {

  boolean isOver() {
    return System.nanoTime() - endNanos >= 0;
  }

  @Override
  public boolean getAsBoolean() {
    return isOver();
  }
}
