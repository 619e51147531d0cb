package dev.logaggregator.stats;

import dev.logaggregator.event.Topic;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.request.AnswerChunks;
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

  private final EventStore store;
  private final AllTopics allTopics;
  private final MemoryAccount memory;

  TopicsController(EventStore store, AllTopics allTopics, MemoryAccount memory) {
    this.store = store;
    this.allTopics = allTopics;
    this.memory = memory;
  }

  /** As in {@code /stats}, but all of them. */
  @GetMapping(path = "/topics", produces = MediaType.APPLICATION_JSON_VALUE)
  void topics(HttpServletRequest request, HttpServletResponse response) throws IOException {
    QueryParameters.of(request, Set.of());
    try (AllTopics.Held all = allTopics.hold();
        var answer = new AnswerChunks(request, response, CacheControl.noCache(), memory)) {
      LogStatistics log = all.taken().statistics();
      answer.buffer().ascii("{\"topicCount\":").number(log.topicCount()).ascii(",\"topics\":");
      TopicFigures.writeEach(answer, all.taken().topics(), log.accepted());
      TopicFigures.writeSystem(answer, log.systemTopics());
      answer.buffer().put('}');
      answer.end();
    }
  }

  /** Does nothing, and says the same, when the topic has no events: a repeat is no error. */
  @DeleteMapping("/topics/{topic}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable("topic") String topic, HttpServletRequest request) {
    QueryParameters.of(request, Set.of());
    store.deleteTopic(new Topic(topic));
  }
}
