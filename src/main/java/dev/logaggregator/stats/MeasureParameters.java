package dev.logaggregator.stats;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.search.Function;
import dev.logaggregator.search.Measure;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code of} and {@code fn}: a number instead of a count. */
final class MeasureParameters {

  static final Set<String> NAMES = Set.of("of", "fn");

  private MeasureParameters() {}

  /**
   * What they ask for; null where they are absent.
   *
   * @throws InvalidEventException when one is there without the other, or malformed
   */
  static @Nullable Measure parse(QueryParameters parameters) {
    String of = parameters.text("of");
    Function function = parameters.oneOf("fn", Function.class);
    if (of == null && function == null) {
      return null;
    }
    if (of == null) {
      throw new InvalidEventException(
          "of", "must be given with fn: the field of whose values the number is made");
    }
    if (function == null) {
      throw new InvalidEventException(
          "fn", "must be given with of: min, max, sum, avg, p50, p90, p95, p99 or unique");
    }
    return new Measure(FieldReader.of("of", of), function);
  }
}
