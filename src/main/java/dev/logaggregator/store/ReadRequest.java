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
 * @param cancelled asked now and then while nothing matches; true ends the read
 */
public record ReadRequest(
    EventFilter filter, Order order, long from, long limit, BooleanSupplier cancelled) {

  /** Before the first event. */
  public static final long OLDEST = -1;

  /** After the last event. */
  public static final long NEWEST = Long.MAX_VALUE;

  /** A read that nobody cancels. */
  public ReadRequest(EventFilter filter, Order order, long from, long limit) {
    this(filter, order, from, limit, () -> false);
  }
}
