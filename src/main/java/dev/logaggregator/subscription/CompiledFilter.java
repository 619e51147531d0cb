package dev.logaggregator.subscription;

import dev.logaggregator.event.EventFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a definition wants, as a predicate. Compiled when it is first asked for, by who reads: not
 * by who applies a record. Thread-safe.
 */
final class CompiledFilter {

  private record Known(Definition definition, EventFilter filter) {}

  private volatile @Nullable Known latest;

  EventFilter of(Definition definition) {
    Known known = latest;
    if (known == null || !known.definition.wantsTheSameAs(definition)) {
      known = new Known(definition, definition.filter());
      latest = known;
    }
    return known.filter;
  }
}
