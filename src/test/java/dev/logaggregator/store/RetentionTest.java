package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Event;
import dev.logaggregator.event.Topic;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.none.NoJournal;
import dev.logaggregator.store.RetentionSettings.TopicBounds;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** Bounds of the log, and of its topics, to the event and to the millisecond. */
class RetentionTest extends OpenStores {

  private static final Map<String, TopicBounds> NOISY =
      Map.of("noisy", new TopicBounds(null, 32L, null));

  @Override
  Journal journal() {
    return new NoJournal();
  }

  private EventStore open(RetentionSettings retention) {
    return open(retention, DeduplicationSettings.DEFAULT);
  }

  private static void publish(EventStore store, String topic, int from, int to) {
    for (int i = from; i < to; i++) {
      store.publish(Events.batch(topic, "id-" + i));
    }
  }

  private static long retained(EventStore store, String topic) {
    return Events.all(store, Order.ASC).stream()
        .filter(event -> event.topic().name().equals(topic))
        .count();
  }

  @Test
  void anEventIsKeptUntilItIsOlderThanItMayBe() {
    EventStore store = open(new RetentionSettings(null, null, Duration.ofHours(1), Map.of()));
    store.publish(Events.batch("a", "1"));
    now = now.plus(Duration.ofHours(1));
    store.enforceRetention();
    assertThat(store.statistics(0).retained()).isEqualTo(1);

    now = now.plusMillis(1);
    store.enforceRetention();
    assertThat(store.statistics(0).retained()).isZero();
  }

  /** However steadily they come: the last sixteenth of the time may be cut short. */
  @Test
  void oldEventsGoWhileNewOnesCome() {
    EventStore store = open(new RetentionSettings(null, null, Duration.ofMinutes(160), Map.of()));
    for (int minute = 0; minute < 1_000; minute++) {
      store.publish(Events.batchAt(now, "a", "minute-" + minute));
      store.enforceRetention();
      if (minute > 200) {
        assertThat(store.statistics(0).retained()).isBetween(160L, 173L);
      }
      now = now.plus(Duration.ofMinutes(1));
    }
  }

  /** What has gone by a topic's bounds doesn't count for the whole log's. */
  @Test
  void aTopicThatIsBoundedTakesNoOthersPlace() {
    EventStore store = open(new RetentionSettings(null, 100L, null, NOISY));
    publish(store, "quiet", 0, 50);
    publish(store, "noisy", 0, 1_000);

    assertThat(retained(store, "quiet")).isEqualTo(50);
    assertThat(retained(store, "noisy")).isBetween(30L, 32L);
  }

  @Test
  void aTopicThatWasDeletedHasItsWholeBoundAgain() {
    EventStore store = open(new RetentionSettings(null, null, null, NOISY));
    publish(store, "noisy", 0, 30);
    publish(store, "quiet", 0, 1);
    store.deleteTopic(new Topic("noisy"));
    publish(store, "noisy", 0, 32);

    assertThat(retained(store, "noisy")).isEqualTo(32);
    publish(store, "noisy", 32, 100);
    assertThat(retained(store, "noisy")).isBetween(30L, 32L);
  }

  @Test
  void whatTheWholeLogDropsCountsForATopicsBoundNoMore() {
    EventStore store = open(new RetentionSettings(null, 160L, null, NOISY));
    publish(store, "noisy", 0, 20);
    publish(store, "quiet", 0, 160);
    assertThat(retained(store, "noisy")).isZero();

    publish(store, "noisy", 20, 52);
    assertThat(retained(store, "noisy")).isEqualTo(32);
    assertThat(Events.all(store, Order.DESC)).first().extracting(Event::id).isEqualTo("id-51");
  }

  /** The oldest segment has ten events of the topic, of which eight had gone already. */
  @Test
  void whatHasGoneByATopicsBoundDoesNotGoAgainWithItsSegment() {
    Map<String, TopicBounds> bound = Map.of("noisy", new TopicBounds(null, 128L, null));
    EventStore store = open(new RetentionSettings(null, 160L, null, bound));
    publish(store, "noisy", 100, 230);
    assertThat(retained(store, "noisy")).isEqualTo(122);
    long size = store.statistics(0).retainedBytes() / 122;

    for (int i = 100; i < 170; i++) {
      publish(store, "quiet", i, i + 1);
      for (TopicStatistics topic : store.statistics(2).topics()) {
        assertThat(topic.retained()).isEqualTo(retained(store, topic.topic().name()));
        assertThat(topic.bytes()).isEqualTo(topic.retained() * size);
      }
    }
    assertThat(retained(store, "noisy")).isEqualTo(90);
  }

  @Test
  void theFiguresAreNewOnlyIfSomethingWasDropped() {
    EventStore store = open(new RetentionSettings(null, null, Duration.ofHours(1), Map.of()));
    store.publish(Events.batch("a", "1"));
    long before = store.statistics(0).version();
    store.enforceRetention();
    assertThat(store.statistics(0).version()).isEqualTo(before);

    now = now.plus(Duration.ofHours(2));
    store.enforceRetention();
    assertThat(store.statistics(0).version()).isNotEqualTo(before);
  }

  /** A quarter of all, and no more than a sealer packs in a second or two. */
  @ParameterizedTest
  @CsvSource({"1, 262144", "100, 26214400", "128, 33554432", "1000, 33554432"})
  void whatWaitsToBePackedIsBounded(int maxMegabytes, long bytes) {
    RetentionSettings settings =
        new RetentionSettings(DataSize.ofMegabytes(maxMegabytes), null, null, Map.of());
    TopicLogs none =
        new TopicLogs(new TopicPlaces(1, 1), Map.of(), new TopicBounds(null, null, null));

    assertThat(new Retention(settings, none).maxRawBytes()).isEqualTo(bytes);
  }
}
