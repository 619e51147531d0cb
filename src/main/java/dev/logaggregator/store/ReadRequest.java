package dev.logaggregator.store;

import dev.logaggregator.event.EventFilter;
import java.util.function.BooleanSupplier;

/**
 * What to read.
 *
 * @param filter which events
 * @param order in which direction
 * @param from exclusive: the offset after which ({@code ASC}) or before which ({@code DESC}) to
 *     start; {@link #OLDEST} or {@link #NEWEST} for everything
 * @param limit how many matching events at most
 * @param cancelled asked now and then; true ends the read
 * @param client for whom memory is claimed, and whose share of the scanners' time it takes; empty
 *     for the service itself
 */
public record ReadRequest(
    EventFilter filter,
    Order order,
    long from,
    long limit,
    BooleanSupplier cancelled,
    String client) {

  /** Before the first event. */
  public static final long OLDEST = -1;

  /** After the last event. */
  public static final long NEWEST = Long.MAX_VALUE;

  /** A read of the service's own. */
  public ReadRequest(
      EventFilter filter, Order order, long from, long limit, BooleanSupplier cancelled) {
    this(filter, order, from, limit, cancelled, "");
  }

  /** A read that nobody cancels. */
  public ReadRequest(EventFilter filter, Order order, long from, long limit) {
    this(filter, order, from, limit, () -> false);
  }
}
