package dev.logaggregator.stats;

import dev.logaggregator.request.JsonAnswer;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.ReaderCount;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** {@code GET /stats}: all figures at one moment. */
@RestController
class StatsController {

  private static final int TOPICS = 1_000;
  private static final int MOST_TOPICS = 10_000_000;

  private final EventStore store;
  private final RecentStatistics statistics;
  private final List<ReaderCount> readers;
  private final InstantSource clock;

  StatsController(
      EventStore store,
      RecentStatistics statistics,
      ObjectProvider<ReaderCount> readers,
      InstantSource clock) {
    this.store = store;
    this.statistics = statistics;
    this.readers = readers.stream().toList();
    this.clock = clock;
  }

  @GetMapping(path = "/stats", produces = MediaType.APPLICATION_JSON_VALUE)
  void stats(HttpServletRequest request, HttpServletResponse response) throws IOException {
    int top = QueryParameters.of(request, Set.of("top")).number("top", 0, MOST_TOPICS, TOPICS);
    RecentStatistics.Taken taken = statistics.get(top);
    StatsDocument document =
        new StatsDocument(taken.statistics(), taken.rates(), top, StatsDocument.readers(readers));
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (!new ServletWebRequest(request, response).checkNotModified(document.tag(store.epoch()))) {
      JsonAnswer.send(response, document.write(store, clock.instant()), CacheControl.noCache());
    }
  }
}
