package dev.logaggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * 32 clients publish 100,000 events of which half are repeated by another client, while others
 * follow the log by cursor and others again ask for the figures.
 */
@Timeout(180)
class ReadersAmongPublishersIT {

  private static final int PUBLISHERS = 32;
  private static final int EVENTS_OF_EACH = 3_125;
  private static final int BATCH = 125;
  private static final int TOPICS = 7;
  private static final int READERS = 4;

  /** Each client's second half is the next client's first half. */
  private static final int DISTINCT = PUBLISHERS * EVENTS_OF_EACH / 2;

  @Test
  void everyReaderSeesEachEventOnceAndInOrderAndAllFiguresAddUp() throws Exception {
    try (RunningAggregator aggregator = RunningAggregator.start();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicBoolean published = new AtomicBoolean();
      List<Future<List<Long>>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        int limit = 100 + 333 * i;
        readers.add(clients.submit(() -> follow(aggregator, limit, published)));
      }
      Future<Integer> observer = clients.submit(() -> observe(aggregator, published));
      List<Callable<Integer>> publishers = new ArrayList<>();
      for (int i = 0; i < PUBLISHERS; i++) {
        int publisher = i;
        publishers.add(() -> publish(aggregator, publisher));
      }

      int accepted = 0;
      for (Future<Integer> publisher : clients.invokeAll(publishers)) {
        accepted += publisher.get();
      }
      published.set(true);

      assertThat(accepted).isEqualTo(DISTINCT);
      List<Long> all = LongStream.range(0, DISTINCT).boxed().toList();
      for (Future<List<Long>> reader : readers) {
        assertThat(reader.get()).isEqualTo(all);
      }
      assertThat(observer.get()).as("times that the figures were asked for").isGreaterThan(1);
      assertEachIdOnce(aggregator);
    }
  }

  private static int publish(RunningAggregator aggregator, int publisher) {
    int accepted = 0;
    int first = publisher * EVENTS_OF_EACH / 2;
    for (int i = 0; i < EVENTS_OF_EACH; i += BATCH) {
      String lines =
          IntStream.range(first + i, first + i + BATCH)
              .map(id -> id % DISTINCT)
              .mapToObj(
                  id ->
                      "{\"topic\":\"load.%d\",\"id\":\"%d\",\"payload\":{\"n\":%d}}"
                          .formatted(id % TOPICS, id, id))
              .collect(Collectors.joining("\n"));
      JsonNode receipt =
          RunningAggregator.json(aggregator.post("/publish", "application/x-ndjson", lines));
      assertThat(receipt.at("/accepted").asInt() + receipt.at("/duplicates").asInt())
          .isEqualTo(BATCH);
      accepted += receipt.at("/accepted").asInt();
    }
    return accepted;
  }

  /** The offsets in the order in which they were read, until all was published and read. */
  private static List<Long> follow(
      RunningAggregator aggregator, int limit, AtomicBoolean published) {
    List<Long> offsets = new ArrayList<>();
    String after = "-1";
    boolean done = false;
    while (!done) {
      boolean last = published.get();
      JsonNode page =
          aggregator.getJson("/events?order=asc&wait=1s&limit=%d&after=%s".formatted(limit, after));
      assertThat(page.has("gap")).isFalse();
      page.at("/events").values().forEach(event -> offsets.add(event.at("/offset").asLong()));
      after = page.at("/next").asString();
      done = last && page.at("/events").isEmpty();
    }
    return offsets;
  }

  private static int observe(RunningAggregator aggregator, AtomicBoolean published) {
    int times = 0;
    long lastReceived = 0;
    boolean done = false;
    while (!done) {
      done = published.get();
      JsonNode stats = aggregator.getJson("/stats" + (times % 2 == 0 ? "" : "?top=3"));
      assertAddsUp(stats);
      long received = stats.at("/events/received").asLong();
      assertThat(received).isGreaterThanOrEqualTo(lastReceived);
      lastReceived = received;
      times++;
    }
    assertThat(lastReceived).isEqualTo(PUBLISHERS * EVENTS_OF_EACH);
    return times;
  }

  private static void assertAddsUp(JsonNode stats) {
    JsonNode events = stats.at("/events");
    assertThat(events.at("/received").asLong())
        .isEqualTo(
            events.at("/accepted").asLong()
                + events.at("/duplicates").asLong()
                + events.at("/rejected").asLong());
    assertThat(events.at("/accepted").asLong())
        .isEqualTo(events.at("/retained").asLong() + events.at("/evicted").asLong());
    for (String figure : List.of("accepted", "duplicates", "retained")) {
      assertThat(overTopics(stats, figure)).isEqualTo(events.at("/" + figure).asLong());
    }
    assertThat(overTopics(stats, "bytes")).isEqualTo(stats.at("/bytes/retained").asLong());
  }

  private static long overTopics(JsonNode stats, String figure) {
    return stats.at("/topics").values().stream().mapToLong(t -> t.at("/" + figure).asLong()).sum()
        + stats.at("/otherTopics/" + figure).asLong();
  }

  private static void assertEachIdOnce(RunningAggregator aggregator) {
    List<Integer> ids =
        aggregator
            .get("/events?order=asc", "Accept", "application/x-ndjson")
            .body()
            .lines()
            .map(line -> line.substring(line.indexOf("\"n\":") + 4, line.indexOf("}}")))
            .map(Integer::parseInt)
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.sort(ids);
    assertThat(ids).isEqualTo(IntStream.range(0, DISTINCT).boxed().toList());
  }
}
