package dev.logaggregator.event;

import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Which rows a condition takes, as far as their columns tell. Rows that are possible and not
 * certain must be looked at one by one.
 *
 * @param certain those that match
 * @param possible those that may match; they include the certain ones
 */
public record RowSelection(BitSet certain, BitSet possible) {

  /** A selection without doubt. */
  public static RowSelection exactly(BitSet rows) {
    return new RowSelection(rows, rows);
  }

  /** Nothing is known of these rows. */
  public static RowSelection perhaps(BitSet rows) {
    return new RowSelection(new BitSet(), rows);
  }

  /** Those of some rows that pass a test. */
  public static RowSelection where(BitSet rows, IntPredicate test) {
    BitSet passed = new BitSet(rows.length());
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      if (test.test(row)) {
        passed.set(row);
      }
    }
    return exactly(passed);
  }

  /** All rows up to a number. */
  public static BitSet all(int rows) {
    BitSet all = new BitSet(rows);
    all.set(0, rows);
    return all;
  }

  /** Whether no row has to be looked at. */
  public boolean isExact() {
    return certain == possible || certain.cardinality() == possible.cardinality();
  }
}
