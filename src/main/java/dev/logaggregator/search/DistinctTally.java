package dev.logaggregator.search;

import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/**
 * How many different values there are: exactly up to {@value #MOST_EXACT}, then within 2 %, by a
 * HyperLogLog sketch (Flajolet et al., 2007) of which 1.6 % is two standard errors.
 */
final class DistinctTally implements Tally {

  /** Beyond these, a set would be larger than the sketch. */
  static final int MOST_EXACT = 1_000;

  private static final int LOG_K = 14;
  private static final int OBJECT_BYTES = 64;
  private static final int SKETCH_BYTES = (1 << LOG_K) + 512;

  private LongSet few = new LongSet();
  private @Nullable HllUnion many;

  @Override
  public void add(long operand) {
    HllUnion sketch = many;
    if (sketch != null) {
      sketch.update(operand);
    } else {
      few.add(operand);
      if (few.size() > MOST_EXACT) {
        spill();
      }
    }
  }

  private HllUnion spill() {
    HllUnion sketch = new HllUnion(LOG_K);
    few.forEach(sketch::update);
    few = new LongSet();
    many = sketch;
    return sketch;
  }

  @Override
  public void merge(Tally other) {
    DistinctTally that = (DistinctTally) other;
    HllUnion theirs = that.many;
    if (theirs == null) {
      that.few.forEach(this::add);
    } else {
      HllUnion ours = many == null ? spill() : many;
      ours.update(theirs.getResult(TgtHllType.HLL_8));
    }
  }

  @Override
  public double value() {
    HllUnion sketch = many;
    return sketch == null ? few.size() : Math.rint(sketch.getEstimate());
  }

  @Override
  public boolean isApproximate() {
    return many != null;
  }

  @Override
  public int sizeBytes() {
    return OBJECT_BYTES + (many == null ? few.sizeBytes() : SKETCH_BYTES);
  }
}
