package dev.logaggregator.stats;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.filter.FilterParameters;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.search.Counting;
import dev.logaggregator.search.Measure;
import dev.logaggregator.search.Searches;
import dev.logaggregator.search.ValueCounts;
import dev.logaggregator.search.ValueCounts.Sort;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /stats/values}: the most frequent values of a field in matching events, or those of
 * the largest figures.
 */
@RestController
class ValuesController {

  private static final int VALUES = 20;
  private static final int MOST_VALUES = 1_000;

  private final Searches searches;
  private final MemoryAccount memory;
  private final InstantSource clock;
  private final Set<String> known = new HashSet<>(FilterParameters.NAMES);

  ValuesController(Searches searches, MemoryAccount memory, InstantSource clock) {
    this.searches = searches;
    this.memory = memory;
    this.clock = clock;
    known.addAll(Set.of("field", "limit", "sort"));
    known.addAll(MeasureParameters.NAMES);
  }

  @GetMapping(path = "/stats/values", produces = MediaType.APPLICATION_JSON_VALUE)
  void values(HttpServletRequest request, HttpServletResponse response) throws IOException {
    QueryParameters parameters = QueryParameters.of(request, known);
    String field = parameters.text("field");
    if (field == null) {
      throw new InvalidEventException(
          "field", "must be given: topic, level, source, or a path in the payload such as user.id");
    }
    int limit = parameters.number("limit", 1, MOST_VALUES, VALUES);
    FieldReader reader = FieldReader.of(field);
    Measure measure = MeasureParameters.parse(parameters);
    Sort sort = sort(parameters, measure);
    var filter = FilterParameters.parse(parameters.asMap(), clock.instant()).compile();
    ClientConnection client = ClientConnection.of(request);
    try (Counting counting = searches.counting(request.getRemoteAddr(), client::isGone)) {
      ValueCounts counts = counting.values(filter, reader, measure, limit, sort);
      try (var answer = new AnswerChunks(request, response, CacheControl.noCache(), memory)) {
        new ValuesDocument(field, counts, counts.first(limit, sort), measure != null)
            .write(answer, counting.isIncomplete());
        answer.end();
      }
    }
  }

  private static Sort sort(QueryParameters parameters, @Nullable Measure measure) {
    Sort sort = parameters.oneOf("sort", Sort.class);
    if (sort == Sort.VALUE && measure == null) {
      throw new InvalidEventException(
          "sort", "value goes with of and fn: the number by which to sort");
    }
    return sort == null ? Sort.COUNT : sort;
  }
}
