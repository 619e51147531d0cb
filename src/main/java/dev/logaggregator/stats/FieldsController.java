package dev.logaggregator.stats;

import dev.logaggregator.filter.FilterParameters;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.search.Counting;
import dev.logaggregator.search.FieldCounts;
import dev.logaggregator.search.Searches;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /stats/fields}: the fields that matching events have. */
@RestController
class FieldsController {

  private static final int FIELDS = 100;
  private static final int MOST_FIELDS = 1_000;

  private final Searches searches;
  private final MemoryAccount memory;
  private final InstantSource clock;
  private final Set<String> known = new HashSet<>(FilterParameters.NAMES);

  FieldsController(Searches searches, MemoryAccount memory, InstantSource clock) {
    this.searches = searches;
    this.memory = memory;
    this.clock = clock;
    known.add("limit");
  }

  @GetMapping(path = "/stats/fields", produces = MediaType.APPLICATION_JSON_VALUE)
  void fields(HttpServletRequest request, HttpServletResponse response) throws IOException {
    QueryParameters parameters = QueryParameters.of(request, known);
    int limit = parameters.number("limit", 1, MOST_FIELDS, FIELDS);
    var filter = FilterParameters.parse(parameters.asMap(), clock.instant()).compile();
    ClientConnection client = ClientConnection.of(request);
    try (Counting counting = searches.counting(request.getRemoteAddr(), client::isGone)) {
      FieldCounts counts = counting.fields(filter);
      try (var answer = new AnswerChunks(request, response, CacheControl.noCache(), memory)) {
        new FieldsDocument(counts, counts.mostFrequent(limit))
            .write(answer, counting.isIncomplete());
        answer.end();
      }
    }
  }
}
