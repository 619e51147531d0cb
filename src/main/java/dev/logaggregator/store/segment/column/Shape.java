package dev.logaggregator.store.segment.column;

/**
 * What is left of a JSON document when its values are taken out: it follows from the shape and the
 * values, byte for byte.
 *
 * @param literals what is before, between and after the values; one more than there are values
 * @param columns which column of the segment each value is in
 * @param objects the columns of the objects within it
 * @param isObject whether the document is an object that was taken apart; else it is its only value
 */
record Shape(byte[][] literals, int[] columns, int[] objects, boolean isObject) {

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
    return "shape of " + columns.length + " values";
  }
}
