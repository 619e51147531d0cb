package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.event.Event;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.none.NoJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log reads the same when its segments have become columns. */
@Timeout(60)
class LogInColumnsTest extends OpenStores {

  private static final int EVENTS = 8_000;

  @Override
  Journal journal() {
    return new NoJournal();
  }

  private EventStore inColumns() {
    EventStore store =
        Columns.open(journal(), keep(EVENTS), new DeduplicationSettings(0, null), () -> Events.NOW);
    opened.add(store);
    Random random = new Random(1);
    for (int i = 0; i < EVENTS; i += 10) {
      EventBatch.Builder batch = new EventBatch.Builder(now);
      for (int j = i; j < i + 10; j++) {
        byte[] incompressible = new byte[300];
        random.nextBytes(incompressible);
        String text = Base64.getEncoder().encodeToString(incompressible);
        String payload = "{\"order\":%d,\"text\":\"%s\"}".formatted(j, text);
        Events.add(batch, j % 3 == 0 ? "a" : "b", "id-" + j, payload);
      }
      store.publish(batch.build());
    }
    Columns.await(store);
    assertThat(store.segments().columns()).isGreaterThan(3);
    return store;
  }

  /** The sealer is told of them before readers see any of them. */
  @Test
  void sealsEachOfTheSegmentsThatOneBatchFills() {
    EventStore store =
        Columns.open(journal(), keep(EVENTS), DeduplicationSettings.DEFAULT, () -> Events.NOW);
    opened.add(store);
    for (int i = 0; i < 20; i++) {
      EventBatch.Builder batch = new EventBatch.Builder(Events.NOW);
      for (int j = 0; j < EVENTS; j++) {
        Events.add(batch, "a", "id-" + i + '-' + j, "\"" + "x".repeat(100) + '"');
      }
      store.publish(batch.build());
      Columns.await(store);
    }

    assertThat(store.segments().raw()).isEqualTo(2);
  }

  @Test
  void handsOutTheEventsAsTheyCameInBothOrders() {
    EventStore store = inColumns();

    List<Event> events = Events.all(store, Order.ASC);
    assertThat(events).extracting(Event::offset).hasSize(EVENTS).isSorted();
    assertThat(events)
        .allSatisfy(event -> assertThat(event.toString()).contains("id-" + event.offset()));
    assertThat(Events.all(store, Order.DESC)).isEqualTo(events.reversed());
  }

  @Test
  void givesWhatMatchesToACollectorManyAtOnceWhereItLiesInColumns() {
    EventStore store = inColumns();
    store.deleteTopic(new Topic("a"));
    AtomicInteger together = new AtomicInteger();
    Collector<List<Long>> collector =
        new Collector<>() {
          @Override
          public void accept(List<Long> offsets, EventView event) {
            offsets.add(event.offset());
          }

          @Override
          public void accept(List<Long> offsets, EventRows rows, BitSet matching) {
            together.addAndGet(matching.cardinality());
            matching.stream().forEach(row -> offsets.add(rows.offset(row)));
          }
        };

    List<Long> expected = Events.all(store, Order.ASC).stream().map(Event::offset).toList();
    assertThat(collect(store, collector)).isEqualTo(expected);
    assertThat(together.get()).isGreaterThan(expected.size() / 2);
  }

  private static List<Long> collect(EventStore store, Collector<List<Long>> collector) {
    return store.collect(new Events.Any(), ArrayList::new, collector, () -> false, "").stream()
        .flatMap(List::stream)
        .sorted()
        .toList();
  }

  @Test
  void handsOutNothingOfATopicThatIsDeleted() {
    EventStore store = inColumns();
    store.deleteTopic(new Topic("b"));
    assertThat(Events.all(store, Order.ASC))
        .hasSize((EVENTS + 2) / 3)
        .allMatch(event -> event.topic().name().equals("a"));
  }

  @Test
  void givesTheMemoryOfATopicBackThatIsDeleted() {
    EventStore store = inColumns();
    long before = store.statistics(0).storedBytes();
    store.deleteTopic(new Topic("b"));

    await()
        .atMost(Duration.ofSeconds(50))
        .untilAsserted(
            () -> {
              store.enforceRetention();
              assertThat(store.statistics(0).storedBytes()).isLessThan(before / 2);
            });
    Columns.await(store);
    assertThat(Events.all(store, Order.ASC))
        .hasSize((EVENTS + 2) / 3)
        .allMatch(event -> event.topic().name().equals("a"));
  }
}
