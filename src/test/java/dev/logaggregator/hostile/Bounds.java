package dev.logaggregator.hostile;

/**
 * What those who are honest must not see more of.
 *
 * @param publishMedianMillis of half of the publishes
 * @param publishP99Millis of 99 of 100 publishes
 * @param publishMillis of each
 * @param livenessMillis of each answer
 * @param readMillis of a page with one event, which passes all that is dear
 */
record Bounds(
    double publishMedianMillis,
    double publishP99Millis,
    double publishMillis,
    double livenessMillis,
    double readMillis) {

  /** What is promised, on a machine that does nothing else. */
  static final Bounds PROMISED = new Bounds(50, 250, 5_000, 1_000, 1_000);

  /** What a stall exceeds on any machine, however busy, and nothing else does. */
  static final Bounds ON_ANY_MACHINE = new Bounds(500, 5_000, 8_000, 8_000, 8_000);
}
