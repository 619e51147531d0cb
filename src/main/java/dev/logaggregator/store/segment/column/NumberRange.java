package dev.logaggregator.store.segment.column;

/**
 * The least and the largest of some numbers.
 *
 * @param least times {@code 10^scale}, as is {@code most}
 */
public record NumberRange(long least, long most, int scale) {

  static NumberRange of(NumberValues numbers) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (long value : numbers.values()) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return new NumberRange(least, most, numbers.scale());
  }

  void write(ByteSink out) {
    out.putVarint(scale + 1);
    out.putSigned(least);
    out.putSigned(most);
  }
}
