package dev.logaggregator.search;

import dev.logaggregator.json.JsonBuffer;

/**
 * A number that was measured.
 *
 * @param value finite; NaN if there was nothing to measure
 * @param approximate whether it is an estimate
 */
public record Figure(double value, boolean approximate) {

  static final Figure NONE = new Figure(Double.NaN, false);

  /** Whether there is a number. */
  public boolean isPresent() {
    return !Double.isNaN(value);
  }

  /** Writes it as JSON, whole numbers without a point. */
  public void write(JsonBuffer json) {
    NumberText.write(json, value);
  }
}
