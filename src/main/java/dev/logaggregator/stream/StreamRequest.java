package dev.logaggregator.stream;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Timestamps;
import dev.logaggregator.filter.FilterParameters;
import dev.logaggregator.filter.Query;
import dev.logaggregator.request.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a stream is asked for.
 *
 * @param filter which events
 * @param filterKey the same for filters that are the same; null for one that is nobody else's
 * @param after where to start; null if not said
 * @param replay how many matching events back to start; 0 if not said
 * @param fromOldest whether to start with the oldest event
 * @param client whose share of the scanners' time it takes
 */
record StreamRequest(
    EventFilter filter,
    @Nullable FilterKey filterKey,
    @Nullable Cursor after,
    int replay,
    boolean fromOldest,
    String client) {

  /** What a filter was compiled from: the same for filters that are the same. */
  record FilterKey(
      Map<String, List<String>> texts, @Nullable Instant since, @Nullable Instant until) {

    /** Memory that it takes, more or less. */
    int sizeBytes() {
      int characters = 0;
      for (List<String> values : texts.values()) {
        for (String value : values) {
          characters += BYTES_A_TEXT + value.length();
        }
      }
      return characters;
    }
  }

  private static final int BYTES_A_TEXT = 64;

  /** What a browser sends when it comes back. */
  static final String LAST_EVENT_ID = "Last-Event-ID";

  private static final String SINCE = "since";
  private static final String UNTIL = "until";
  private static final int MOST_REPLAYED = 10_000;
  private static final Set<String> KNOWN = new HashSet<>(FilterParameters.NAMES);

  static {
    KNOWN.addAll(Set.of("after", "replay"));
  }

  /**
   * A reader that comes back has the same address as the first time, so that what it had last goes
   * before where it began.
   *
   * @param now what durations ago are before
   * @throws InvalidEventException when a parameter is malformed
   */
  static StreamRequest parse(HttpServletRequest request, Instant now) {
    QueryParameters parameters = QueryParameters.of(request, KNOWN);
    String last = request.getHeader(LAST_EVENT_ID);
    boolean returning = last != null && !last.isBlank();
    Map<String, String[]> conditions = new HashMap<>(parameters.asMap());
    if (returning && isAgo(parameters.text(SINCE))) {
      // Counted from now, it would leave out what came while the reader was away.
      conditions.remove(SINCE);
    }
    FilterParameters filter = FilterParameters.parse(conditions, now);
    Cursor after = cursor("after", parameters.text("after"));
    int replay = parameters.number("replay", 0, MOST_REPLAYED, 0);
    if (after != null && replay > 0) {
      throw new InvalidEventException("replay", "doesn't go with after: each says where to start");
    }
    if (returning) {
      after = cursor(LAST_EVENT_ID, last);
      replay = 0;
    }
    return new StreamRequest(
        filter.compile(),
        key(conditions, filter),
        after,
        replay,
        after == null && replay == 0 && filter.since() != null,
        request.getRemoteAddr());
  }

  private static boolean isAgo(@Nullable String since) {
    return since != null && Timestamps.parse(since) == null;
  }

  private static @Nullable Cursor cursor(String name, @Nullable String text) {
    return text == null ? null : Cursor.parse(name, text.strip());
  }

  /** Null when the filter depends on when it was asked for. */
  private static @Nullable FilterKey key(
      Map<String, String[]> conditions, FilterParameters filter) {
    Query query = filter.query();
    if (query != null && !meansTheSameAtAnyTime(query)) {
      return null;
    }
    Map<String, List<String>> texts = new HashMap<>();
    for (String name : FilterParameters.NAMES) {
      String[] values = conditions.get(name);
      if (values != null && !name.equals(SINCE) && !name.equals(UNTIL)) {
        texts.put(name, List.of(values));
      }
    }
    return new FilterKey(texts, filter.since(), filter.until());
  }

  private static boolean meansTheSameAtAnyTime(Query query) {
    try {
      Query.parse(query.text(), null);
      return true;
    } catch (InvalidEventException hasAnAgo) {
      return false;
    }
  }
}
