package dev.logaggregator.search;

/** Least, largest, sum and mean of numbers. */
final class SumTally implements Tally {

  private static final int BYTES = 80;

  private final Function function;
  private long count;
  private double sum;

  /** What the sum has lost to rounding (Neumaier, "Rundungsfehleranalyse", 1974). */
  private double lost;

  /** Whether it was beyond what a double holds, or a number was, so that it means little. */
  private boolean overflown;

  private double min = Double.MAX_VALUE;
  private double max = -Double.MAX_VALUE;

  SumTally(Function function) {
    this.function = function;
  }

  @Override
  public void add(long operand) {
    add(Double.longBitsToDouble(operand));
  }

  /** Adds a number. */
  void add(double number) {
    count++;
    addToSum(number);
    min = Math.min(min, number);
    max = Math.max(max, number);
  }

  private void addToSum(double number) {
    double next = NumberText.bounded(sum + number);
    overflown |= NumberText.isBound(next);
    double rounded =
        Math.abs(sum) >= Math.abs(number) ? (sum - next) + number : (number - next) + sum;
    lost = NumberText.bounded(lost + rounded);
    sum = next;
  }

  @Override
  public void merge(Tally other) {
    SumTally that = (SumTally) other;
    count += that.count;
    addToSum(that.sum);
    lost = NumberText.bounded(lost + that.lost);
    overflown |= that.overflown;
    min = Math.min(min, that.min);
    max = Math.max(max, that.max);
  }

  @Override
  public double value() {
    if (count == 0) {
      return Double.NaN;
    }
    return switch (function) {
      case MIN -> min;
      case MAX -> max;
      case SUM -> NumberText.bounded(sum + lost);
      default -> NumberText.bounded(sum + lost) / count;
    };
  }

  @Override
  public boolean isApproximate() {
    return switch (function) {
      case MIN, MAX -> count > 0 && NumberText.isBound(value());
      default -> overflown;
    };
  }

  @Override
  public int sizeBytes() {
    return BYTES;
  }
}
