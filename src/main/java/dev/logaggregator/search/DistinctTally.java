package dev.logaggregator.search;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.HllUnion;
import org.jspecify.annotations.Nullable;

/**
 * How many different values there are: exactly up to {@value #MOST_EXACT}, then within 2 %, by a
 * HyperLogLog sketch (Flajolet et al., 2007) of which 1.6 % is two standard errors.
 */
final class DistinctTally implements Tally {

  /** Beyond these, a set would be larger than the sketch. */
  static final int MOST_EXACT = 1_000;

  private static final int LOG_K = 14;

  /** A value of up to so many characters is kept as it is, a longer one as its hash. */
  private static final int ENTRY_BYTES = 96;

  private static final int SKETCH_BYTES = (1 << LOG_K) + 256;

  private final Set<Long> few = new HashSet<>();
  private @Nullable HllUnion many;

  @Override
  public void add(String value) {
    add(hash(value));
  }

  /** Adds a value by a hash of 64 bits. */
  void add(long hash) {
    HllUnion sketch = many;
    if (sketch != null) {
      sketch.update(hash);
    } else if (few.add(hash) && few.size() > MOST_EXACT) {
      spill();
    }
  }

  /** FNV-1a of the text's UTF-8, its bits mixed: values are told apart, not protected. */
  static long hash(String value) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
    return hash ^ (hash >>> 29);
  }

  private HllUnion spill() {
    HllUnion sketch = new HllUnion(LOG_K);
    few.forEach(sketch::update);
    few.clear();
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
      HllSketch sketch = theirs.getResult(TgtHllType.HLL_8);
      ours.update(sketch);
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
    return many == null ? ENTRY_BYTES * (1 + few.size()) : SKETCH_BYTES;
  }
}
