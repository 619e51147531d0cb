package dev.logaggregator.stats;

import dev.logaggregator.event.Topic;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.request.JsonAnswer;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.LogStatistics;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /topics}: every topic with its figures, and the end of one's events. */
@RestController
class TopicsController {

  private static final int BYTES_A_TOPIC = 300;

  private final EventStore store;
  private final RecentStatistics statistics;

  TopicsController(EventStore store, RecentStatistics statistics) {
    this.store = store;
    this.statistics = statistics;
  }

  /** As in {@code /stats}, but all of them. */
  @GetMapping(path = "/topics", produces = MediaType.APPLICATION_JSON_VALUE)
  void topics(HttpServletRequest request, HttpServletResponse response) throws IOException {
    QueryParameters.of(request, Set.of());
    LogStatistics log = statistics.get(Integer.MAX_VALUE).statistics();
    JsonBuffer json = new JsonBuffer(BYTES_A_TOPIC * (1 + log.topicCount()));
    json.ascii("{\"topicCount\":").number(log.topicCount()).ascii(",\"topics\":");
    TopicFigures.writeEach(json, log.topics(), log.accepted());
    TopicFigures.writeSystem(json, log.systemTopics());
    JsonAnswer.send(response, json.put('}'), CacheControl.noCache());
  }

  /** Does nothing, and says the same, when the topic has no events: a repeat is no error. */
  @DeleteMapping("/topics/{topic}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable("topic") String topic, HttpServletRequest request) {
    QueryParameters.of(request, Set.of());
    store.deleteTopic(new Topic(topic));
  }
}
