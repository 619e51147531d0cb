package dev.logaggregator.store.segment.column;

import org.jspecify.annotations.Nullable;

/**
 * Which values a column has.
 *
 * @param attribute whether they are of the attributes, not of the payload
 * @param name the names that lead to the value, joined by dots; null for the document as a whole
 * @param kind what they are
 * @param occurrence how many values of that name and kind come before it in the same document
 */
public record ColumnKey(boolean attribute, @Nullable String name, Kind kind, int occurrence) {

  /** What can stand in JSON. */
  public enum Kind {
    /** A string, in its quotes. */
    TEXT,
    NUMBER,
    /** {@code true}, {@code false} or {@code null}. */
    WORD,
    /** An array, an object that is not taken apart, or any document that isn't. */
    NESTED,
    /** An object that is taken apart: its values are in other columns, and none in this one. */
    OBJECT;

    private static final Kind[] VALUES = values();

    static Kind of(int ordinal) {
      if (ordinal >= VALUES.length) {
        throw new DamagedSegmentException("a column of an unknown kind");
      }
      return VALUES[ordinal];
    }
  }
}
