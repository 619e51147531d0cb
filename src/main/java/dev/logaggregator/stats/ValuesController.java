package dev.logaggregator.stats;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.filter.FilterParameters;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.search.Counting;
import dev.logaggregator.search.Searches;
import dev.logaggregator.search.ValueCounts;
import dev.logaggregator.search.ValueCounts.ValueCount;
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

/** {@code GET /stats/values}: the most frequent values of a field in matching events. */
@RestController
class ValuesController {

  private static final int VALUES = 20;
  private static final int MOST_VALUES = 1_000;

  private final Searches searches;
  private final InstantSource clock;
  private final MemoryAccount memory;
  private final Set<String> known = new HashSet<>(FilterParameters.NAMES);

  ValuesController(Searches searches, InstantSource clock, MemoryAccount memory) {
    this.searches = searches;
    this.clock = clock;
    this.memory = memory;
    known.addAll(Set.of("field", "limit"));
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
    var filter = FilterParameters.parse(parameters.asMap(), clock.instant()).compile();
    ClientConnection client = ClientConnection.of(request);
    try (Counting counting = searches.counting(request.getRemoteAddr())) {
      ValueCounts counts = counting.values(filter, reader, client::isGone);
      try (var answer = new AnswerChunks(request, response, CacheControl.noCache(), memory)) {
        write(answer, field, counts, limit, counting.isIncomplete());
        answer.end();
      }
    }
  }

  /**
   * {@code total} is how often the field has a value, each element of an array being one, {@code
   * other} how many of those are not listed; {@code truncated} is said when there were more values
   * than can be told apart, so that a listed one may occur more often than it says.
   */
  private static void write(
      AnswerChunks answer, String field, ValueCounts counts, int limit, boolean incomplete)
      throws IOException {
    JsonBuffer json = answer.buffer();
    json.ascii("{\"field\":").string(field).ascii(",\"values\":[");
    long other = counts.total();
    String separator = "";
    for (ValueCount value : counts.mostFrequent(limit)) {
      json.ascii(separator).ascii("{\"value\":");
      answer.string(value.value());
      json.ascii(",\"count\":").number(value.count()).put('}');
      answer.endOfPart();
      other -= value.count();
      separator = ",";
    }
    json.ascii("],\"other\":").number(other).ascii(",\"total\":").number(counts.total());
    if (counts.isTruncated()) {
      json.ascii(",\"truncated\":true");
    }
    if (incomplete) {
      json.ascii(",\"incomplete\":\"timeout\"");
    }
    json.put('}');
  }
}
