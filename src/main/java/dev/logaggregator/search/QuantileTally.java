package dev.logaggregator.search;

import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/**
 * A quantile of numbers, within 1 % of its rank: a KLL sketch (Karnin, Lang, Liberty, "Optimal
 * Quantile Approximation in Streams", 2016), whose error is below 0.8 % with a confidence of 99 %
 * at this size. As long as there are no more numbers than it keeps, the quantile is exact.
 */
final class QuantileTally implements Tally {

  private static final int K = 350;

  private static final int OBJECT_BYTES = 256;

  private final double rank;
  private final KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(K);

  /**
   * @param rank from 0 to 1
   */
  QuantileTally(double rank) {
    this.rank = rank;
  }

  @Override
  public void add(String value) {
    double number = NumberText.parse(value);
    if (!Double.isNaN(number)) {
      add(number);
    }
  }

  /** Adds a number. */
  void add(double number) {
    sketch.update(number);
  }

  @Override
  public void merge(Tally other) {
    KllDoublesSketch that = ((QuantileTally) other).sketch;
    if (!that.isEmpty()) {
      sketch.merge(that);
    }
  }

  @Override
  public double value() {
    return sketch.isEmpty()
        ? Double.NaN
        : sketch.getQuantile(rank, QuantileSearchCriteria.INCLUSIVE);
  }

  @Override
  public boolean isApproximate() {
    return sketch.isEstimationMode();
  }

  @Override
  public int sizeBytes() {
    return OBJECT_BYTES + Double.BYTES * Math.max(K, sketch.getNumRetained());
  }
}
