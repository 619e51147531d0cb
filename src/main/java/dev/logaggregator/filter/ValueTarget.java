package dev.logaggregator.filter;

/**
 * Takes the values of a field. A value that many events share may be told once, before the events
 * that have it. One thread at a time.
 */
public interface ValueTarget {

  /** Instead of the number of a value. */
  int NOT_TOLD = Integer.MIN_VALUE;

  /**
   * Is told of a value.
   *
   * @param text holds it, as UTF-8, until this returns: strings without quotes and escapes,
   *     numbers, {@code true} and {@code false} as they are written
   * @return by which number it will be called, until other events are looked at; the same for the
   *     same value, or not. A negative one is a number like others, for a value that the target has
   *     no use for; not one of the two least
   */
  int number(byte[] text, int from, int to);

  /**
   * Whether {@link #number(long, int)} is to be asked of values that are known as numbers, so that
   * they need not be spelled.
   */
  default boolean takesNumbers() {
    return false;
  }

  /**
   * As {@link #number(byte[], int, int)}, of the number {@code digits / 10^scale}.
   *
   * @param scale 18 at most
   */
  default int number(long digits, int scale) {
    throw new UnsupportedOperationException("numbers are not taken");
  }

  /**
   * By which number a value is called that was told before.
   *
   * @param form see {@link dev.logaggregator.event.EventColumn.Digits}
   * @return {@link #NOT_TOLD} if that isn't known
   */
  default int known(String form, long number) {
    return NOT_TOLD;
  }

  /** A value of that form was told, and is called so. */
  default void remember(String form, long number, int called) {}

  /** An event has the value that is called by this number. An event may have several, or none. */
  void value(int row, int number);

  /**
   * Whether it matters only how often a value occurs; then {@link #occurs} may be called instead of
   * {@link #value}.
   */
  default boolean isOnlyCounting() {
    return false;
  }

  /** So many times an event has the value. */
  default void occurs(int number, int times) {
    throw new UnsupportedOperationException("it matters which events have a value");
  }
}
