package dev.logaggregator.filter;

/**
 * Takes the values of a field. A value that many events share may be told once, before the events
 * that have it. One thread at a time.
 */
public interface ValueTarget {

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

  /** An event has the value that is called by this number. An event may have several, or none. */
  void value(int row, int number);
}
