package dev.logaggregator.filter;

import dev.logaggregator.event.Level;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The levels as they are listed in errors. */
final class Levels {

  static final String NAMES =
      Arrays.stream(Level.values()).map(Level::name).collect(Collectors.joining(", "));

  private Levels() {}
}
