package dev.logaggregator.search;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.store.Order;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to look for.
 *
 * @param filter which events
 * @param order in which direction
 * @param after only those with a larger offset
 * @param before only those with a smaller offset
 * @param maxWait how long to wait for the first match; zero for not at all
 * @param client for whom memory is claimed
 */
public record SearchRequest(
    EventFilter filter,
    Order order,
    @Nullable Cursor after,
    @Nullable Cursor before,
    Duration maxWait,
    String client) {}
