package dev.logaggregator.search;

import java.util.Arrays;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/**
 * A quantile of numbers, within 1 % of its rank: a KLL sketch (Karnin, Lang, Liberty, "Optimal
 * Quantile Approximation in Streams", 2016), whose error is below 0.8 % with a confidence of 99 %
 * at this size. Up to {@value #MOST_EXACT} numbers are kept as they are, so that the quantile is
 * exact, and many small tallies are small.
 */
final class QuantileTally implements Tally {

  static final int MOST_EXACT = 350;

  private static final int OBJECT_BYTES = 64;
  private static final int SKETCH_BYTES = 320;

  private final double rank;
  private double[] few = new double[4];
  private int count;
  private @Nullable KllDoublesSketch many;

  /**
   * @param rank from 0 to 1
   */
  QuantileTally(double rank) {
    this.rank = rank;
  }

  @Override
  public void add(long operand) {
    add(Double.longBitsToDouble(operand));
  }

  /** Adds a number. */
  void add(double number) {
    if (many != null) {
      many.update(number);
    } else if (count == MOST_EXACT) {
      spill().update(number);
    } else {
      if (count == few.length) {
        few = Arrays.copyOf(few, Math.min(MOST_EXACT, 2 * count));
      }
      few[count++] = number;
    }
  }

  private KllDoublesSketch spill() {
    KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(MOST_EXACT);
    for (int i = 0; i < count; i++) {
      sketch.update(few[i]);
    }
    few = new double[0];
    count = 0;
    many = sketch;
    return sketch;
  }

  @Override
  public void merge(Tally other) {
    QuantileTally that = (QuantileTally) other;
    KllDoublesSketch theirs = that.many;
    if (theirs != null) {
      KllDoublesSketch ours = many == null ? spill() : many;
      ours.merge(theirs);
    } else {
      for (int i = 0; i < that.count; i++) {
        add(that.few[i]);
      }
    }
  }

  /** The least number of which so many are not larger; nothing between two is made up. */
  @Override
  public double value() {
    if (many != null) {
      return many.getQuantile(rank, QuantileSearchCriteria.INCLUSIVE);
    }
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.sort(few, 0, count);
    return few[Math.max(0, (int) Math.ceil(rank * count) - 1)];
  }

  @Override
  public boolean isApproximate() {
    return many != null || NumberText.isBound(value());
  }

  @Override
  public int sizeBytes() {
    return many == null
        ? OBJECT_BYTES + Double.BYTES * few.length
        : OBJECT_BYTES
            + SKETCH_BYTES
            + Double.BYTES * 2 * Math.max(MOST_EXACT, many.getNumRetained());
  }
}
