package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.event.Topic;
import dev.logaggregator.journal.none.NoJournal;
import dev.logaggregator.store.RetentionSettings.TopicBounds;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Random operations on the store and on a plain list, which must agree after each. */
class EventStoreModelTest {

  private static final int OPERATIONS = 3_000;
  private static final int TOPICS = 8;
  private static final int RARE_TOPICS = 200;
  private static final int MAX_IDS = 500;
  private static final String FORGOTTEN = "";

  /** What the model keeps of an event. */
  private record Kept(long offset, String topic, String id, String payload) {}

  private final List<Kept> model = new ArrayList<>();

  /** The remembered ids with their topics, the oldest first. */
  private final List<String> window = new ArrayList<>();

  private final Map<String, Long> accepted = new HashMap<>();
  private long acceptedOfGone;
  private long next;
  private long duplicates;

  private boolean inColumns;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithAPlainList(long seed) throws IOException {
    agrees(seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithAPlainListWhenAllIsReadFromColumns(long seed) throws IOException {
    inColumns = true;
    agrees(seed);
  }

  private EventStore open(RetentionSettings retention) {
    DeduplicationSettings deduplication = new DeduplicationSettings(MAX_IDS, null);
    return inColumns
        ? Columns.open(new NoJournal(), retention, deduplication, () -> Events.NOW)
        : new EventStore(
            new NoJournal(), retention, deduplication, TopicSettings.DEFAULT, () -> Events.NOW);
  }

  private void agrees(long seed) throws IOException {
    Random random = new Random(seed);
    try (EventStore store = open(settings(random.nextInt(3)))) {
      for (int i = 0; i < OPERATIONS; i++) {
        switch (random.nextInt(20)) {
          case 0 -> delete(store, topic(random));
          case 1, 2, 3, 4 -> read(store, random);
          case 5 -> settle(store);
          default -> publish(store, random);
        }
        check(store);
      }
    }
  }

  /** A few topics with many events each, and many with few, which come and go. */
  private static String topic(Random random) {
    return random.nextInt(4) > 0
        ? "t" + random.nextInt(TOPICS)
        : "rare." + random.nextInt(RARE_TOPICS);
  }

  /** Without bounds nothing but deletion drops events; with them the model follows the store. */
  private static RetentionSettings settings(int kind) {
    return switch (kind) {
      case 0 -> RetentionSettings.DEFAULT;
      case 1 -> new RetentionSettings(DataSize.ofMegabytes(2), null, null, Map.of());
      default ->
          new RetentionSettings(
              DataSize.ofKilobytes(700),
              null,
              null,
              Map.of("t1", new TopicBounds(null, 40L, null)));
    };
  }

  private void publish(EventStore store, Random random) {
    EventBatch.Builder builder =
        new EventBatch.Builder(Instant.EPOCH.plusSeconds(random.nextInt()));
    int size = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 8);
    int expectedAccepted = 0;
    for (int i = 0; i < size; i++) {
      String topic = topic(random);
      String id = "id-" + random.nextInt(2_000);
      String payload = "\"" + "x".repeat(random.nextInt(200)) + random.nextLong() + "\"";
      Events.add(builder, topic, id, payload);
      String key = topic + " " + id;
      if (window.contains(key)) {
        duplicates++;
        continue;
      }
      expectedAccepted++;
      model.add(new Kept(next++, topic, id, payload));
      accepted.merge(topic, 1L, Long::sum);
      window.add(key);
      if (window.size() > MAX_IDS) {
        window.removeFirst();
      }
    }
    Receipt receipt = store.publish(builder.build());
    assertThat(receipt.accepted()).isEqualTo(expectedAccepted);
    assertThat(receipt.duplicates()).isEqualTo(size - expectedAccepted);
  }

  private void delete(EventStore store, String topic) {
    store.deleteTopic(new Topic(topic));
    model.removeIf(kept -> kept.topic().equals(topic));
    window.replaceAll(key -> key.startsWith(topic + " ") ? FORGOTTEN : key);
  }

  /** After some time the first offset is exact; at any time it is not too large. */
  private void settle(EventStore store) {
    dropEvicted(store);
    long first = model.isEmpty() ? next : model.getFirst().offset();
    assertThat(store.firstRetainedOffset()).isLessThanOrEqualTo(first);
    for (int i = 0; i < 10; i++) {
      store.enforceRetention();
    }
    assertThat(store.firstRetainedOffset()).isEqualTo(first);
  }

  private void read(EventStore store, Random random) throws IOException {
    dropEvicted(store);
    Order order = random.nextBoolean() ? Order.ASC : Order.DESC;
    String topic = "t" + random.nextInt(TOPICS);
    boolean all = random.nextBoolean();
    EventFilter filter = all ? new Events.Any() : new Events.Of(topic);
    long from = random.nextInt(4) == 0 ? Events.start(order) : random.nextLong(-1, next + 2);
    int limit = 1 + random.nextInt(50);
    List<Kept> expected =
        (order == Order.ASC ? model : model.reversed())
            .stream()
                .filter(kept -> all || kept.topic().equals(topic))
                .filter(kept -> order == Order.ASC ? kept.offset() > from : kept.offset() < from)
                .limit(limit)
                .toList();
    if (inColumns) {
      Columns.await(store);
    }
    List<Kept> found = new ArrayList<>();
    ReadResult result =
        store.read(
            new ReadRequest(filter, order, from, limit),
            event ->
                found.add(
                    new Kept(event.offset(), event.topic().name(), event.id(), event.payload())));
    assertThat(found).isEqualTo(expected);
    assertThat(result.exhausted()).isEqualTo(found.size() < limit);
  }

  /** Retention drops from the oldest end; how much is its own affair, within the bounds. */
  private void dropEvicted(EventStore store) {
    Map<String, Long> retained = new HashMap<>();
    for (TopicStatistics topic : store.statistics(Integer.MAX_VALUE).topics()) {
      retained.put(topic.topic().name(), topic.retained());
    }
    Map<String, Long> surplus = new HashMap<>();
    for (Kept kept : model) {
      surplus.merge(kept.topic(), 1L, Long::sum);
    }
    surplus.keySet().forEach(topic -> retained.putIfAbsent(topic, 0L));
    retained.forEach((topic, count) -> surplus.merge(topic, -count, Long::sum));
    assertThat(surplus.values()).allMatch(count -> count >= 0);
    model.removeIf(kept -> surplus.merge(kept.topic(), -1L, Long::sum) >= 0);
  }

  private void check(EventStore store) {
    LogStatistics statistics = store.statistics(Integer.MAX_VALUE);
    Set<String> there = new HashSet<>();
    for (TopicStatistics topic : statistics.topics()) {
      there.add(topic.topic().name());
    }
    window.stream()
        .filter(key -> !key.equals(FORGOTTEN))
        .forEach(key -> assertThat(there).contains(key.substring(0, key.indexOf(' '))));
    for (String topic : Set.copyOf(accepted.keySet())) {
      if (!there.contains(topic)) {
        acceptedOfGone += accepted.remove(topic);
      }
    }
    assertThat(there).isEqualTo(accepted.keySet());
    EventStoreContract.assertSumsAddUp(statistics, acceptedOfGone);
    assertThat(store.watermark()).isEqualTo(next);
    assertThat(statistics.accepted()).isEqualTo(next);
    assertThat(statistics.duplicates()).isEqualTo(duplicates);
    for (TopicStatistics topic : statistics.topics()) {
      String name = topic.topic().name();
      assertThat(topic.accepted()).isEqualTo(accepted.get(name));
      assertThat(
              topic.retained() > 0 || window.stream().anyMatch(key -> key.startsWith(name + " ")))
          .as("%s has events or remembered ids", name)
          .isTrue();
    }
  }
}
