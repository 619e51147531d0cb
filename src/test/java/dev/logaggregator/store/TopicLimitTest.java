package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.Durability;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.event.Topic;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.JournalEntry;
import dev.logaggregator.journal.JournalSink;
import dev.logaggregator.journal.none.NoJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A topic too many is refused before its batch is put in order, and never after. */
class TopicLimitTest {

  private Instant now = Events.NOW;
  private @Nullable EventStore store;

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  private EventStore open(Journal journal, int maxTopics) {
    EventStore opened =
        new EventStore(
            journal,
            new RetentionSettings(null, null, Duration.ofSeconds(10), Map.of()),
            new DeduplicationSettings(10_000, Duration.ofMinutes(1)),
            new TopicSettings(maxTopics),
            () -> now);
    store = opened;
    return opened;
  }

  @Test
  void isNotPassedByPublishersWhoComeAtOnce() {
    EventStore log = open(new NoJournal(), 100);
    AtomicInteger refused = new AtomicInteger();
    try (var publishers = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 400; i++) {
        EventBatch batch = Events.batch("topic-" + i % 200, "id-" + i);
        publishers.submit(() -> publish(log, batch, refused));
      }
    }

    LogStatistics statistics = log.statistics(1_000);
    assertThat(statistics.topicCount()).isEqualTo(100);
    assertThat(statistics.accepted()).isEqualTo(400 - refused.get());
    Topic one = statistics.topics().getFirst().topic();
    log.deleteTopic(one);
    assertThat(log.publish(Events.batch("another", "1")).accepted()).isEqualTo(1);
    assertThatThrownBy(() -> log.publish(Events.batch(one.name(), "new")))
        .isInstanceOf(TooManyTopicsException.class);
  }

  private static void publish(EventStore log, EventBatch batch, AtomicInteger refused) {
    try {
      log.publish(batch);
    } catch (TooManyTopicsException full) {
      refused.incrementAndGet();
    }
  }

  @Test
  void leavesRoomWhenTheIdsOfATopicThatIsGoneAreTooOld() {
    EventStore log = open(new NoJournal(), 1);
    log.publish(Events.batch("old", "1"));
    now = Events.NOW.plusSeconds(60);
    log.enforceRetention();
    EventBatch tooSoon = Events.batchAt(now, "new", "1");
    assertThatThrownBy(() -> log.publish(tooSoon)).isInstanceOf(TooManyTopicsException.class);

    now = Events.NOW.plusSeconds(61);
    assertThat(log.publish(Events.batchAt(now, "new", "1")).accepted()).isEqualTo(1);
    assertThat(log.statistics(9).topics())
        .extracting(each -> each.topic().name())
        .containsExactly("new");
  }

  @Test
  void refusesNothingThatTheJournalHolds() {
    List<EventBatch> held =
        List.of(Events.batch("a", "1"), Events.batch("b", "1"), Events.batch("c", "1"));
    EventStore log = open(new Held(held), 2);

    assertThat(log.statistics(0).topicCount()).isEqualTo(3);
    assertThat(log.publish(Events.batch("a", "2")).accepted()).isEqualTo(1);
    assertThatThrownBy(() -> log.publish(Events.batch("d", "1")))
        .isInstanceOf(TooManyTopicsException.class);
  }

  /** A journal that outlived its process, whose limit was another one. */
  private static final class Held implements Journal {

    private final List<EventBatch> batches;
    private final NoJournal later = new NoJournal();

    Held(List<EventBatch> batches) {
      this.batches = batches;
    }

    @Override
    public Durability durability() {
      return later.durability();
    }

    @Override
    public void open(JournalSink sink) {
      batches.forEach(batch -> sink.apply(new JournalEntry.Published(batch)));
      later.open(sink);
    }

    @Override
    public Receipt append(JournalEntry entry) {
      return later.append(entry);
    }

    @Override
    public void close() {
      later.close();
    }
  }
}
