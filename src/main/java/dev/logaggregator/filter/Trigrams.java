package dev.logaggregator.filter;

import dev.logaggregator.event.BlockFilter;
import java.util.Arrays;
import java.util.Collection;

/** What a block is asked for by its summary. */
final class Trigrams {

  private Trigrams() {}

  /** Those of texts all of which must occur. */
  static int[] of(Collection<String> texts) {
    return texts.stream()
        .flatMapToInt(text -> Arrays.stream(BlockFilter.trigrams(text)))
        .distinct()
        .toArray();
  }
}
