package dev.logaggregator.query;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.filter.Durations;
import dev.logaggregator.filter.FilterParameters;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.search.SearchRequest;
import dev.logaggregator.store.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /events} is asked for.
 *
 * @param filter which events
 * @param order in which direction
 * @param limit how many at most; null if not said
 * @param after only those with a larger offset
 * @param before only those with a smaller offset
 * @param maxWait how long to wait for the first match; zero for not at all
 * @param required whether it is an error when nothing matches
 */
record EventsQuery(
    EventFilter filter,
    Order order,
    @Nullable Integer limit,
    @Nullable Cursor after,
    @Nullable Cursor before,
    Duration maxWait,
    boolean required) {

  /** Protects clients that hold a page in memory; for more there is NDJSON. */
  private static final int MOST_EVENTS = 10_000;

  /** Proxies give up on a silent connection not much later. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private static final Set<String> KNOWN =
      Stream.concat(
              FilterParameters.NAMES.stream(),
              Stream.of("order", "limit", "after", "before", "wait", "require"))
          .collect(Collectors.toUnmodifiableSet());

  /** The names of the parameters that {@link #parse} understands. */
  static Set<String> known() {
    return KNOWN;
  }

  /**
   * @param now what durations in {@code since} and {@code until} count back from
   * @throws InvalidEventException when a parameter is malformed
   */
  static EventsQuery parse(QueryParameters parameters, Instant now) {
    Order order = parameters.oneOf("order", Order.class);
    return new EventsQuery(
        FilterParameters.parse(parameters.asMap(), now).compile(),
        order == null ? Order.DESC : order,
        parameters.has("limit") ? parameters.number("limit", 1, MOST_EVENTS, 0) : null,
        cursor(parameters, "after"),
        cursor(parameters, "before"),
        maxWait(parameters, order),
        parameters.flag("require"));
  }

  /** What is looked for, by that client. */
  SearchRequest request(String client) {
    return new SearchRequest(filter, order, after, before, maxWait, client);
  }

  private static @Nullable Cursor cursor(QueryParameters parameters, String name) {
    String text = parameters.text(name);
    return text == null ? null : Cursor.parse(name, text);
  }

  private static Duration maxWait(QueryParameters parameters, @Nullable Order order) {
    String text = parameters.text("wait");
    if (text == null) {
      return Duration.ZERO;
    }
    Duration wait = Durations.parseOrZero("wait", text);
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      throw new InvalidEventException("wait", "must be from 0s to 60s; ask again to wait longer");
    }
    if (order != Order.ASC) {
      throw new InvalidEventException(
          "wait", "goes with order=asc only: newest first, there is nothing to wait for");
    }
    return wait;
  }
}
