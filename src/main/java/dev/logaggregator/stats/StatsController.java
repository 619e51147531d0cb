package dev.logaggregator.stats;

import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.ReaderCount;
import dev.logaggregator.store.TopicStatistics;
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
  private final AllTopics allTopics;
  private final MemoryAccount memory;
  private final List<ReaderCount> readers;
  private final InstantSource clock;

  StatsController(
      EventStore store,
      RecentStatistics statistics,
      AllTopics allTopics,
      MemoryAccount memory,
      ObjectProvider<ReaderCount> readers,
      InstantSource clock) {
    this.store = store;
    this.statistics = statistics;
    this.allTopics = allTopics;
    this.memory = memory;
    this.readers = readers.stream().toList();
    this.clock = clock;
  }

  @GetMapping(path = "/stats", produces = MediaType.APPLICATION_JSON_VALUE)
  void stats(HttpServletRequest request, HttpServletResponse response) throws IOException {
    int top = QueryParameters.of(request, Set.of("top")).number("top", 0, MOST_TOPICS, TOPICS);
    if (top <= RecentStatistics.MOST_TOPICS) {
      answer(statistics.get(top), top, request, response);
    } else {
      try (AllTopics.Held all = allTopics.hold()) {
        answer(all.taken(), top, request, response);
      }
    }
  }

  private void answer(
      RecentStatistics.Taken taken,
      int top,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<TopicStatistics> topics = taken.topics();
    StatsDocument document =
        new StatsDocument(
            taken.statistics(),
            topics.subList(0, Math.min(top, topics.size())),
            taken.rates(),
            top,
            StatsDocument.readers(readers));
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (!new ServletWebRequest(request, response).checkNotModified(document.tag(store.epoch()))) {
      try (var answer = new AnswerChunks(request, response, CacheControl.noCache(), memory)) {
        document.write(answer, store, clock.instant());
        answer.end();
      }
    }
  }
}
