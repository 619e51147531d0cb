package dev.logaggregator.search;

/** Least, largest, sum and mean of numbers. */
final class SumTally implements Tally {

  private static final int BYTES = 72;

  private final Function function;
  private long count;
  private double sum;

  /** What the sum has lost to rounding (Neumaier, "Rundungsfehleranalyse", 1974). */
  private double lost;

  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  SumTally(Function function) {
    this.function = function;
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
    count++;
    addToSum(number);
    min = Math.min(min, number);
    max = Math.max(max, number);
  }

  private void addToSum(double number) {
    double next = sum + number;
    lost +=
        Math.abs(sum) >= Math.abs(number) ? (sum - next) + number : (number - next) + sum;
    sum = next;
  }

  @Override
  public void merge(Tally other) {
    SumTally that = (SumTally) other;
    count += that.count;
    addToSum(that.sum);
    lost += that.lost;
    min = Math.min(min, that.min);
    max = Math.max(max, that.max);
  }

  @Override
  public double value() {
    if (count == 0) {
      return Double.NaN;
    }
    double total = Double.isFinite(sum) ? sum + lost : sum;
    return switch (function) {
      case MIN -> min;
      case MAX -> max;
      case SUM -> total;
      default -> total / count;
    };
  }

  @Override
  public boolean isApproximate() {
    return false;
  }

  @Override
  public int sizeBytes() {
    return BYTES;
  }
}
