package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.event.Event;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Topic;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.none.NoJournal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log reads the same when its segments have become columns. */
@Timeout(60)
class LogInColumnsTest extends OpenStores {

  private static final int EVENTS = 2_000;

  @Override
  Journal journal() {
    return new NoJournal();
  }

  private EventStore inColumns() {
    EventStore store = open(keep(4_000), DeduplicationSettings.DEFAULT);
    for (int i = 0; i < EVENTS; i += 10) {
      EventBatch.Builder batch = new EventBatch.Builder(now);
      for (int j = i; j < i + 10; j++) {
        String payload = "{\"order\":%d,\"text\":\"%s\"}".formatted(j, "abc ".repeat(100));
        Events.add(batch, j % 3 == 0 ? "a" : "b", "id-" + j, payload);
      }
      store.publish(batch.build());
    }
    awaitColumns(store);
    return store;
  }

  /** Until what is raw is what stays so: the open segment and the youngest closed one. */
  private static void awaitColumns(EventStore store) {
    await()
        .until(
            () -> {
              SegmentCounts segments = store.segments();
              return segments.raw() <= 2 && segments.packed() == 0 && segments.columns() > 3;
            });
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
  void handsOutNothingOfATopicThatIsDeleted() {
    EventStore store = inColumns();
    store.deleteTopic(new Topic("b"));
    assertThat(Events.all(store, Order.ASC))
        .hasSize((EVENTS + 2) / 3)
        .allMatch(event -> event.topic().name().equals("a"));

    store.enforceRetention();
    assertThat(Events.all(store, Order.ASC)).hasSize((EVENTS + 2) / 3);
  }
}
