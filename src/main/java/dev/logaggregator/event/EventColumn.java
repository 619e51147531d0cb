package dev.logaggregator.event;

import org.jspecify.annotations.Nullable;

/**
 * Values that some of the events in {@link EventRows} have, as JSON writes them. Values that are
 * equal may share a <i>code</i>, so that what is found out of a value holds for all of its code.
 */
public interface EventColumn {

  /** How many values there are; at most one for each event. */
  int size();

  /** Which events have the values, in order; null if each event has one. */
  int @Nullable [] rows();

  /** The code of each value; null if they are the values' own indexes. */
  int @Nullable [] valueCodes();

  /** Which event has the value. */
  default int row(int index) {
    int[] rows = rows();
    return rows == null ? index : rows[index];
  }

  /** The code of the value. */
  default int code(int index) {
    int[] codes = valueCodes();
    return codes == null ? index : codes[index];
  }

  /** How many codes there are. */
  int codes();

  /**
   * Whether an ASCII character may be in what one of the values means; known of numbers without
   * their texts.
   */
  default boolean mayHaveByte(int value) {
    return true;
  }

  /** Holds the values. */
  byte[] bytes();

  /** Where in {@link #bytes} the value of a code begins: strings with their quotes. */
  int start(int code);

  /** Where it ends. */
  int end(int code);

  /** Whether the values are arrays, or objects, that must be looked into. */
  default boolean isNested() {
    return false;
  }

  /** The names that lead to the values, joined by dots; null if they are the whole, or plain. */
  default @Nullable String name() {
    return null;
  }

  /** What of the path that was asked for must still be followed into nested values; or null. */
  default @Nullable String rest() {
    return null;
  }

  /**
   * Whether a string may be among the values; told without reading them.
   *
   * @param hash from {@link BlockFilter#valueHash(String)}
   */
  default boolean mayHaveText(long hash) {
    return true;
  }

  /** The numbers, if that is what the values are; told without reading them. */
  default @Nullable Numbers numbers() {
    return null;
  }

  /** What digits the values have, where they are known without the values' texts. */
  default @Nullable Digits digits() {
    return null;
  }

  /**
   * The digits of values, of which each is a number, with a sign and a point perhaps, and with
   * nothing beside it that has digits. Zeros may be missing at a number's beginning.
   *
   * @param numbers by code, without their points; not to be changed
   * @param behindPoint how many of its digits each value has behind the point
   * @param form names what is the same of all values but their numbers: values of two columns with
   *     the same form are the same if their numbers are
   */
  record Digits(long[] numbers, int behindPoint, String form) {

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return numbers.length + " numbers";
    }
  }

  /** Numbers, each given without its point: times {@code 10^scale}. */
  interface Numbers {

    /** No number is less. */
    long least();

    /** No number is greater. */
    long most();

    int scale();

    /** By code; the array is not to be changed. */
    long[] values();
  }
}
