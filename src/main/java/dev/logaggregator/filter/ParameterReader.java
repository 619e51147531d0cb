package dev.logaggregator.filter;

import dev.logaggregator.event.InvalidEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, one by one. */
record ParameterReader(Map<String, String[]> parameters) {

  /** As many alternatives as one parameter may have. */
  private static final int MAX_ALTERNATIVES = 1_000;

  /** The values of a parameter that may be repeated and has alternatives between commas. */
  <T> List<T> all(String name, Function<String, T> read) {
    List<T> values = new ArrayList<>();
    for (String written : parameters.getOrDefault(name, new String[0])) {
      for (String value : written.split(",", -1)) {
        if (value.isBlank()) {
          throw new InvalidEventException(name, "must not be blank");
        }
        if (values.size() == MAX_ALTERNATIVES) {
          throw new InvalidEventException(
              name, "must have at most " + MAX_ALTERNATIVES + " alternatives");
        }
        values.add(read.apply(value));
      }
    }
    return values;
  }

  /** The value of a parameter that may be there once; null if it isn't. */
  <T> @Nullable T one(String name, Function<String, T> read) {
    String[] written = parameters.getOrDefault(name, new String[0]);
    if (written.length > 1) {
      throw new InvalidEventException(name, "must not be repeated");
    }
    return written.length == 0 ? null : read.apply(written[0]);
  }
}
