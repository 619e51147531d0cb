package dev.logaggregator.stats;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.filter.Durations;
import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.filter.FilterParameters;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.search.BucketWidth;
import dev.logaggregator.search.Counting;
import dev.logaggregator.search.Histogram;
import dev.logaggregator.search.HistogramRange;
import dev.logaggregator.search.Measure;
import dev.logaggregator.search.Searches;
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

/** {@code GET /stats/histogram}: matching events by time. */
@RestController
class HistogramController {

  private static final int VALUES = 10;

  private final Searches searches;
  private final MemoryAccount memory;
  private final InstantSource clock;
  private final Set<String> known = new HashSet<>(FilterParameters.NAMES);

  HistogramController(Searches searches, MemoryAccount memory, InstantSource clock) {
    this.searches = searches;
    this.memory = memory;
    this.clock = clock;
    known.addAll(Set.of("by", "interval", "limit"));
    known.addAll(MeasureParameters.NAMES);
  }

  @GetMapping(path = "/stats/histogram", produces = MediaType.APPLICATION_JSON_VALUE)
  void histogram(HttpServletRequest request, HttpServletResponse response) throws IOException {
    QueryParameters parameters = QueryParameters.of(request, known);
    FilterParameters filter = FilterParameters.parse(parameters.asMap(), clock.instant());
    String field = parameters.text("by");
    FieldReader by = field == null ? null : FieldReader.of("by", field);
    int limit = limit(parameters);
    Measure measure = MeasureParameters.parse(parameters);
    HistogramRange range = new HistogramRange(width(parameters), filter.since(), filter.until());
    ClientConnection client = ClientConnection.of(request);
    try (Counting counting = searches.counting(request.getRemoteAddr(), client::isGone)) {
      Histogram histogram = counting.byTime(filter.compile(), by, limit, measure, range);
      try (var answer = new AnswerChunks(request, response, CacheControl.noCache(), memory)) {
        new HistogramDocument(histogram).write(answer, counting.isIncomplete());
        answer.end();
      }
    }
  }

  private static int limit(QueryParameters parameters) {
    if (parameters.has("limit") && !parameters.has("by")) {
      throw new InvalidEventException("limit", "goes with by: how many values to name");
    }
    return parameters.number("limit", 1, Histogram.MOST_NAMES, VALUES);
  }

  private static @Nullable BucketWidth width(QueryParameters parameters) {
    String interval = parameters.text("interval");
    return interval == null ? null : BucketWidth.of(Durations.parse("interval", interval));
  }
}
