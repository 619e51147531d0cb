package dev.logaggregator.subscription;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.filter.FilterParameters;
import org.jspecify.annotations.Nullable;

/**
 * What a definition wants, as a predicate. Compiled when it is first asked for, by who reads: not
 * by who applies a record. One that takes more than a little is not kept, since there may be a
 * thousand: compiling it again costs little beside looking at events by it. Thread-safe.
 */
final class CompiledFilter {

  private static final int MOST_KEPT_BYTES = 4 * 1024;

  private record Known(Definition definition, EventFilter filter) {}

  private volatile @Nullable Known latest;

  EventFilter of(Definition definition) {
    Known known = latest;
    if (known != null && known.definition.wantsTheSameAs(definition)) {
      return known.filter;
    }
    FilterParameters parameters = definition.filter();
    EventFilter filter = parameters.compile();
    latest = parameters.sizeBytes() <= MOST_KEPT_BYTES ? new Known(definition, filter) : null;
    return filter;
  }
}
