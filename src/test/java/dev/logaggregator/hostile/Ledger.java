package dev.logaggregator.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was acknowledged to the honest publisher, to be compared with what the log has. */
final class Ledger {

  private static final Pattern EVENT =
      Pattern.compile("\"offset\":(\\d+),\"topic\":\"[^\"]*\",\"id\":\"([^\"]*)\"");
  private static final int MOST_NAMED = 5;

  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final String topic;

  Ledger(String topic) {
    this.topic = topic;
  }

  byte[] events(String name, int count) {
    return HonestPublisher.lines(topic, name, count);
  }

  /**
   * Takes down what was acknowledged.
   *
   * @param lastOffset of the last one, {@link Long#MAX_VALUE} where it wasn't said
   */
  void acknowledge(String name, int count, long lastOffset) {
    for (int i = 0; i < count; i++) {
      acknowledged.put(name + "-" + i, lastOffset);
    }
  }

  int size() {
    return acknowledged.size();
  }

  /**
   * Reads everything back. An event that retention has dropped isn't lost: the log says what its
   * oldest offset is.
   *
   * @return what is wrong, in words; nothing if nothing is
   */
  List<String> compare(int port) throws IOException {
    long oldest =
        Connection.exchange(port, Request.get("/stats?top=1")).json().at("/firstOffset").asLong();
    Connection.Answer all =
        Connection.exchange(
            port,
            Request.get("/events?order=asc&topic=" + topic).with("Accept: application/x-ndjson"));
    if (all.status() != 200) {
      return List.of("reading everything back was answered " + all.status());
    }
    Map<String, Long> found = new HashMap<>();
    List<String> faults = new ArrayList<>();
    long before = -1;
    for (String line : (Iterable<String>) new String(all.body(), UTF_8).lines()::iterator) {
      Matcher event = EVENT.matcher(line);
      if (!event.find()) {
        throw new IllegalStateException("not an event: " + line);
      }
      long offset = Long.parseLong(event.group(1));
      if (offset <= before || found.put(event.group(2), offset) != null) {
        faults.add("twice, or out of order: " + line);
      }
      before = offset;
    }
    acknowledged.forEach(
        (id, lastOffset) -> {
          if (lastOffset >= oldest && !found.containsKey(id)) {
            faults.add("acknowledged and lost: %s, at most at %d".formatted(id, lastOffset));
          }
        });
    return faults.size() <= MOST_NAMED
        ? faults
        : List.of(faults.size() + " faults, such as " + faults.subList(0, MOST_NAMED));
  }
}
