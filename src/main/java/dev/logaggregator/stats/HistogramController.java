package dev.logaggregator.stats;

import dev.logaggregator.filter.Durations;
import dev.logaggregator.filter.FilterParameters;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.search.BucketCounts;
import dev.logaggregator.search.BucketWidth;
import dev.logaggregator.search.Counting;
import dev.logaggregator.search.Histogram;
import dev.logaggregator.search.Searches;
import dev.logaggregator.search.Series;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /stats/histogram}: matching events by time. */
@RestController
class HistogramController {

  private final Searches searches;
  private final InstantSource clock;
  private final MemoryAccount memory;
  private final Set<String> known = new HashSet<>(FilterParameters.NAMES);

  HistogramController(Searches searches, InstantSource clock, MemoryAccount memory) {
    this.searches = searches;
    this.clock = clock;
    this.memory = memory;
    known.addAll(Set.of("by", "interval"));
  }

  @GetMapping(path = "/stats/histogram", produces = MediaType.APPLICATION_JSON_VALUE)
  void histogram(HttpServletRequest request, HttpServletResponse response) throws IOException {
    QueryParameters parameters = QueryParameters.of(request, known);
    FilterParameters filter = FilterParameters.parse(parameters.asMap(), clock.instant());
    Series.By by = parameters.oneOf("by", Series.By.class);
    String interval = parameters.text("interval");
    BucketWidth width =
        interval == null ? null : BucketWidth.of(Durations.parse("interval", interval));
    ClientConnection client = ClientConnection.of(request);
    try (Counting counting = searches.counting(request.getRemoteAddr())) {
      List<BucketCounts> counts = counting.byTime(filter.compile(), by, width, client::isGone);
      Histogram histogram = Histogram.of(counts, width, filter.since(), filter.until());
      try (var answer = new AnswerChunks(request, response, CacheControl.noCache(), memory)) {
        histogram.write(answer.buffer(), by != null, counting.isIncomplete(), answer::endOfPart);
        answer.end();
      }
    }
  }
}
