package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.Topic;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.none.NoJournal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a store says of each of its topics. */
class TopicStatisticsTest extends OpenStores {

  @Override
  Journal journal() {
    return new NoJournal();
  }

  private static TopicStatistics only(EventStore store) {
    return store.statistics(1).topics().getFirst();
  }

  private void publishOf(EventStore store, Instant timestamp) {
    EventBatch.Builder batch = new EventBatch.Builder(now);
    EventDraft draft = new EventDraft();
    draft.topic = new Topic("a");
    draft.timestamp = timestamp;
    draft.payload.set("{}".getBytes(StandardCharsets.UTF_8));
    batch.add(draft, 2);
    store.publish(batch.build());
  }

  @Test
  void theEarliestAndTheLatestTimestampAreSoToTheNanosecondInWhateverOrderTheyCome() {
    EventStore store = open();
    Instant middle = Instant.parse("2026-11-22T06:00:00.5Z");
    for (Instant next :
        new Instant[] {
          middle,
          middle.plusNanos(1),
          middle.minusNanos(1),
          middle.plusSeconds(1).minusNanos(9),
          middle.minusSeconds(1).plusNanos(9),
          middle
        }) {
      publishOf(store, next);
    }

    assertThat(only(store).firstTimestamp()).isEqualTo(middle.minusSeconds(1).plusNanos(9));
    assertThat(only(store).lastTimestamp()).isEqualTo(middle.plusSeconds(1).minusNanos(9));
  }

  @Test
  void theEarliestAndTheLatestMayBeOfTheSameSecond() {
    EventStore store = open();
    Instant first = Instant.parse("2026-11-22T06:00:00.000000005Z");
    publishOf(store, first);
    publishOf(store, first.minusNanos(1));
    publishOf(store, first.plusNanos(1));

    assertThat(only(store).firstTimestamp()).isEqualTo(first.minusNanos(1));
    assertThat(only(store).lastTimestamp()).isEqualTo(first.plusNanos(1));
  }

  @Test
  void everyFigureFollowsHoweverLongNothingElseChanged() {
    EventStore store =
        open(
            new RetentionSettings(null, null, Duration.ofHours(1), Map.of()),
            DeduplicationSettings.DEFAULT);
    String[] minute = new String[60];
    for (int i = 0; i < minute.length; i++) {
      minute[i] = "id-" + i;
    }
    store.publish(Events.batchAt(now, "a", minute));
    assertThat(only(store).rate1m()).isEqualTo(1);
    assertThat(store.statistics(0).topicsRate1m()).isEqualTo(1);

    now = now.plus(Duration.ofMinutes(50));
    TopicStatistics quiet = only(store);
    assertThat(quiet.rate1m()).isZero();
    assertThat(quiet.bytes()).isPositive().isEqualTo(store.statistics(0).retainedBytes());
    assertThat(only(store)).isEqualTo(quiet);

    store.publish(Events.batchAt(now, "a", "id-7"));
    assertThat(only(store).duplicates()).isEqualTo(1);

    now = now.plus(Duration.ofMinutes(20));
    store.enforceRetention();
    assertThat(only(store).retained()).isZero();
    assertThat(only(store).evicted()).isEqualTo(60);

    store.publish(Events.batchAt(now.minus(Duration.ofMinutes(5)), "a", "new"));
    assertThat(only(store).accepted()).isEqualTo(61);
    assertThat(only(store).lastOffset()).isEqualTo(60);
  }

  @Test
  void theLargestTopicsComeFirstAndTheSystemsOwnAreNotAmongThem() {
    EventStore store = open();
    store.publish(Events.batch("small", "1"));
    store.publish(Events.batch("large", "1", "2", "3"));
    store.publish(Events.batch("_rejected", "1", "2", "3", "4"));
    store.publish(Events.batch("middle", "1", "2"));

    assertThat(store.statistics(2).topics())
        .extracting(each -> each.topic().name())
        .containsExactly("large", "middle");
    assertThat(store.statistics(2).topicCount()).isEqualTo(3);
  }

  @Test
  void aTopicThatHasGoneIsNotAmongThem() {
    EventStore store = open();
    for (int i = 0; i < 5; i++) {
      store.publish(Events.batch("t" + i, "1"));
    }
    for (int i = 0; i < 5; i++) {
      store.deleteTopic(new Topic("t" + i));
      assertThat(store.statistics(9).topics()).hasSize(4 - i);
    }
  }
}
