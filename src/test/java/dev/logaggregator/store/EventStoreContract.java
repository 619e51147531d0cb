package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.event.Event;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.event.Topic;
import dev.logaggregator.store.RetentionSettings.TopicBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What a store promises its publishers, whatever its journal. */
abstract class EventStoreContract extends OpenStores {

  @Test
  void givesOffsetsInTheOrderOfTheBatch() {
    EventStore store = open();

    assertThat(store.publish(Events.batch("a", "1", "2"))).isEqualTo(new Receipt(2, 0, 0, 1, -1));
    assertThat(store.publish(Events.batch("b", "1"))).isEqualTo(new Receipt(1, 0, 2, 2, -1));
    assertThat(all(store, Order.ASC)).extracting(Event::offset).containsExactly(0L, 1L, 2L);
    assertThat(all(store, Order.DESC)).extracting(Event::offset).containsExactly(2L, 1L, 0L);
    assertThat(store.watermark()).isEqualTo(3);
  }

  @Test
  void countsARepeatedIdOfTheSameTopicAsADuplicateAndSaysOfWhich() {
    EventStore store = open();
    store.publish(Events.batch("a", "1", "2"));

    assertThat(store.publish(Events.batch("a", "2", "3", "3")))
        .isEqualTo(new Receipt(1, 2, 2, 2, 2));
    assertThat(store.publish(Events.batch("b", "1")).accepted()).isEqualTo(1);
    assertThat(store.statistics(0).duplicates()).isEqualTo(2);
  }

  @Test
  void forgetsIdsBeyondTheWindowsSize() {
    EventStore store = open(RetentionSettings.DEFAULT, new DeduplicationSettings(2, null));
    store.publish(Events.batch("a", "1", "2", "3"));

    assertThat(store.publish(Events.batch("a", "2")).duplicates()).isEqualTo(1);
    assertThat(store.publish(Events.batch("a", "1")).accepted()).isEqualTo(1);
  }

  @Test
  void forgetsIdsBeyondTheWindowsAgeByTheTimeInTheBatches() {
    EventStore store =
        open(RetentionSettings.DEFAULT, new DeduplicationSettings(1_000, Duration.ofMinutes(1)));
    store.publish(Events.batch("a", "1"));
    EventBatch.Builder later = new EventBatch.Builder(Events.NOW.plusSeconds(60));
    Events.add(later, "a", "1", "{}");
    EventBatch.Builder tooLate = new EventBatch.Builder(Events.NOW.plusSeconds(61));
    Events.add(tooLate, "a", "1", "{}");

    assertThat(store.publish(later.build()).duplicates()).isEqualTo(1);
    assertThat(store.publish(tooLate.build()).accepted()).isEqualTo(1);
  }

  @Test
  void keepsNoMoreThanMaxEventsAndCountsTheRestAsEvicted() {
    EventStore store = open(keep(100), DeduplicationSettings.DEFAULT);
    for (int i = 0; i < 1_000; i++) {
      store.publish(Events.batch("a", "id-" + i));
    }

    LogStatistics statistics = store.statistics(Integer.MAX_VALUE);
    assertThat(statistics.retained()).isBetween(93L, 100L);
    assertThat(statistics.evicted()).isEqualTo(1_000 - statistics.retained());
    assertThat(statistics.firstOffset()).isEqualTo(statistics.evicted());
    assertThat(all(store, Order.ASC)).hasSize((int) statistics.retained());
  }

  @Test
  void survivesABatchLargerThanRetention() {
    EventStore store = open(keep(10), DeduplicationSettings.DEFAULT);
    String[] ids = IntStream.range(0, 500).mapToObj(i -> "id-" + i).toArray(String[]::new);

    assertThat(store.publish(Events.batch("a", ids)).accepted()).isEqualTo(500);
    assertThat(all(store, Order.ASC)).extracting(Event::id).endsWith("id-499").hasSize(10);
  }

  @Test
  void boundsTheMemoryOfTheEvents() {
    RetentionSettings oneMegabyte =
        new RetentionSettings(DataSize.ofMegabytes(1), null, null, Map.of());
    EventStore store = open(oneMegabyte, new DeduplicationSettings(0, null));
    Random random = new Random(1);
    byte[] incompressible = new byte[500];
    for (int i = 0; i < 20_000; i++) {
      random.nextBytes(incompressible);
      String payload = '"' + HexFormat.of().formatHex(incompressible) + '"';
      EventBatch.Builder batch = new EventBatch.Builder(Events.NOW);
      Events.add(batch, "a", "id-" + i, payload);
      store.publish(batch.build());
      assertThat(store.statistics(0).storedBytes()).isLessThan(2 << 20);
    }
    assertThat(store.statistics(0).evicted()).isPositive();
  }

  @Test
  void dropsWhatIsTooOldEvenIfNobodyPublishes() {
    EventStore store =
        open(
            new RetentionSettings(null, null, Duration.ofHours(1), Map.of()),
            DeduplicationSettings.DEFAULT);
    store.publish(Events.batch("a", "1"));
    now = now.plus(Duration.ofMinutes(59));
    store.enforceRetention();
    assertThat(store.statistics(0).retained()).isEqualTo(1);

    now = now.plus(Duration.ofMinutes(2));
    store.enforceRetention();
    assertThat(store.statistics(0).retained()).isZero();
    assertThat(store.statistics(0).evicted()).isEqualTo(1);
    assertThat(all(store, Order.ASC)).isEmpty();
  }

  /** As of a machine that slept: what it holds has become older, and all later figures go on. */
  @Test
  void aClockThatStepsForthDropsWhatIsTooOldByIt() {
    EventStore store = open(hourly(), DeduplicationSettings.DEFAULT);
    store.publish(Events.batchAt(now, "a", "1"));
    store.publish(Events.batchAt(now, "brief.a", "1"));
    now = now.plus(Duration.ofMinutes(50));
    store.enforceRetention();
    store.publish(Events.batchAt(now, "a", "2"));
    now = now.plus(Duration.ofMinutes(20));
    store.enforceRetention();

    assertThat(all(store, Order.ASC)).extracting(Event::id).containsExactly("2");
    now = now.plus(Duration.ofDays(3650));
    store.enforceRetention();
    assertThat(store.statistics(0).retained()).isZero();
    store.publish(Events.batchAt(now, "a", "3"));
    assertThat(store.statistics(0).retained()).isEqualTo(1);
    assertThat(store.statistics(0).rate1m()).isPositive();
  }

  @Test
  void aClockThatStepsBackNeitherDropsNorKeepsForEver() {
    EventStore store = open(hourly(), DeduplicationSettings.DEFAULT);
    now = now.plus(Duration.ofDays(3650));
    store.enforceRetention();
    store.publish(Events.batchAt(now, "a", "wrong"));
    store.publish(Events.batchAt(now, "brief.a", "wrong"));
    now = Events.NOW;
    store.enforceRetention();
    store.publish(Events.batchAt(now, "a", "right"));
    assertThat(store.statistics(0).retained()).isEqualTo(3);
    assertThat(store.statistics(0).rate1m()).isPositive();

    now = now.plus(Duration.ofMinutes(10));
    store.enforceRetention();
    assertThat(all(store, Order.ASC))
        .extracting(event -> event.topic().name())
        .doesNotContain("brief.a");
    now = now.plus(Duration.ofMinutes(49));
    store.enforceRetention();
    assertThat(all(store, Order.ASC)).extracting(Event::id).contains("wrong", "right");
    now = now.plus(Duration.ofMinutes(2));
    store.enforceRetention();
    assertThat(store.statistics(0).retained()).isZero();
  }

  /** A batch that was stamped before the clock was set back, and came after. */
  @Test
  void aBatchFromTheFutureHoldsUpNobody() {
    EventStore store = open(hourly(), DeduplicationSettings.DEFAULT);
    store.publish(Events.batchAt(now.plus(Duration.ofDays(3650)), "a", "late"));
    for (int minute = 0; minute < 70; minute++) {
      now = now.plus(Duration.ofMinutes(1));
      store.enforceRetention();
      store.publish(Events.batchAt(now, "a", "minute-" + minute));
    }

    assertThat(all(store, Order.ASC))
        .extracting(Event::id)
        .doesNotContain("late", "minute-1")
        .contains("minute-20");
  }

  /** An hour; of topics that are brief, five minutes. */
  private static RetentionSettings hourly() {
    return new RetentionSettings(
        null,
        null,
        Duration.ofHours(1),
        Map.of("brief.*", new TopicBounds(null, null, Duration.ofMinutes(5))));
  }

  @Test
  void appliesATopicsOwnBoundsToThatTopicOnly() {
    RetentionSettings bounded =
        new RetentionSettings(
            null, null, null, Map.of("noisy.**", new TopicBounds(null, 32L, null)));
    EventStore store = open(bounded, DeduplicationSettings.DEFAULT);
    for (int i = 0; i < 100; i++) {
      store.publish(Events.batch("noisy.app", "n-" + i));
      store.publish(Events.batch("quiet", "q-" + i));
    }

    assertThat(all(store, Order.ASC).stream().filter(e -> e.topic().name().equals("quiet")))
        .hasSize(100);
    assertThat(
            Events.read(
                store,
                new ReadRequest(new Events.Of("noisy.app"), Order.DESC, ReadRequest.NEWEST, 1_000)))
        .hasSizeBetween(30, 32)
        .first()
        .extracting(Event::id)
        .isEqualTo("n-99");
    assertSumsAddUp(store.statistics(Integer.MAX_VALUE));
  }

  @Test
  void forgetsADeletedTopicsEventsAndCountsThemAsEvicted() {
    EventStore store = open();
    store.publish(Events.batch("a", "1", "2"));
    store.publish(Events.batch("b", "1"));
    store.publish(Events.batch("a", "3"));

    store.deleteTopic(new Topic("a"));
    store.enforceRetention();

    assertThat(all(store, Order.ASC)).extracting(Event::offset).containsExactly(2L);
    LogStatistics statistics = store.statistics(Integer.MAX_VALUE);
    assertThat(statistics.evicted()).isEqualTo(3);
    assertThat(statistics.firstOffset()).isEqualTo(2);
    assertSumsAddUp(statistics, 3);
    store.publish(Events.batch("a", "4"));
    assertThat(all(store, Order.DESC)).extracting(Event::offset).containsExactly(4L, 2L);
  }

  @Test
  void forgetsADeletedTopicsIdsToo() {
    EventStore store = open();
    store.publish(Events.batch("a", "1"));
    store.publish(Events.batch("b", "1"));
    store.deleteTopic(new Topic("a"));

    assertThat(store.publish(Events.batch("a", "1")).accepted()).isEqualTo(1);
    assertThat(store.publish(Events.batch("a", "1")).duplicateOf()).isEqualTo(2);
    assertThat(store.publish(Events.batch("b", "1")).duplicateOf()).isEqualTo(1);
  }

  @Test
  void letsATopicGoWithItsLastEventAndItsLastRememberedId() {
    EventStore store = open(keep(16), new DeduplicationSettings(20, null));
    store.publish(Events.batch("a", "1", "1"));
    publishToB(store, 1, 18);
    assertThat(store.statistics(9).topics()).extracting(each -> each.topic().name()).contains("a");
    assertThat(store.publish(Events.batch("a", "1")).duplicates()).isEqualTo(1);

    publishToB(store, 18, 30);

    LogStatistics statistics = store.statistics(9);
    assertThat(statistics.topics()).extracting(each -> each.topic().name()).containsExactly("b");
    assertThat(statistics.topicCount()).isEqualTo(1);
    assertThat(statistics.accepted()).isEqualTo(30);
    assertThat(statistics.duplicates()).isEqualTo(2);
    assertSumsAddUp(statistics, 1);
  }

  private static void publishToB(EventStore store, int from, int to) {
    for (int i = from; i < to; i++) {
      store.publish(Events.batch("b", "id-" + i));
    }
  }

  @Test
  void givesTheirPlacesBackToTopicsThatComeAndGo() {
    EventStore store =
        new EventStore(
            journal(),
            RetentionSettings.DEFAULT,
            DeduplicationSettings.DEFAULT,
            new TopicSettings(100),
            () -> now);
    opened.add(store);
    for (int round = 0; round < 200; round++) {
      EventBatch.Builder batch = new EventBatch.Builder(Events.NOW);
      for (int i = 0; i < 100; i++) {
        Events.add(batch, "topic-" + round + "." + i, "1", "{}");
      }
      assertThat(store.publish(batch.build()).accepted()).isEqualTo(100);
      for (int i = 0; i < 100; i++) {
        store.deleteTopic(new Topic("topic-" + round + "." + i));
      }
    }

    assertThat(store.statistics(1_000).topics()).isEmpty();
    assertThat(store.statistics(0).accepted()).isEqualTo(20_000);
    assertThat(store.statistics(0).retained()).isZero();
    store.enforceRetention();
    store.enforceRetention();
    long windowOnly = store.statistics(0).storedBytes();
    assertThat(windowOnly).isLessThan(80L * 20_000 + 64 * 1024);
  }

  @Test
  void countsTheMemoryOfTopicsInThatOfTheEvents() {
    RetentionSettings oneMegabyte =
        new RetentionSettings(DataSize.ofMegabytes(1), null, null, Map.of());
    EventStore store = open(oneMegabyte, new DeduplicationSettings(0, null));
    String longName = "x".repeat(Topic.MAX_LENGTH - 8);
    // A topic takes 800 bytes and more: no more than so many are a sixteenth of a megabyte.
    int mostAtOnce = 80;
    int most = 0;
    for (int i = 0; i < 20_000; i++) {
      int before = store.statistics(0).topicCount();
      store.publish(Events.batch(longName + i, "1"));
      LogStatistics after = store.statistics(0);
      assertThat(after.storedBytes()).isLessThan((1 << 20) + (1 << 16));
      assertThat(after.topicCount()).isGreaterThan(before - mostAtOnce);
      most = Math.max(most, after.topicCount());
    }

    LogStatistics statistics = store.statistics(Integer.MAX_VALUE);
    assertThat(most).isBetween(900, 1_300);
    assertThat(statistics.topicCount()).isBetween(900, most);
    assertThat(statistics.retained()).isEqualTo(statistics.topicCount());
    assertSumsAddUp(statistics, statistics.evicted());
  }

  @Test
  void refusesMoreTopicsThanFitWhileTheirIdsAreRemembered() {
    RetentionSettings oneMegabyte =
        new RetentionSettings(DataSize.ofMegabytes(1), null, null, Map.of());
    EventStore store = open(oneMegabyte, DeduplicationSettings.DEFAULT);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                store.publish(Events.batch("topic-" + i, "1"));
              }
            })
        .isInstanceOf(TooManyTopicsException.class)
        .hasMessageContaining("max-bytes");
    assertThat(store.publish(Events.batch("topic-0", "2")).accepted()).isEqualTo(1);
    assertThat(store.statistics(0).retained()).isPositive();
    store.deleteTopic(new Topic("topic-0"));
    assertThat(store.publish(Events.batch("topic-x", "1")).accepted()).isEqualTo(1);
  }

  @Test
  void boundsWhatTheSystemKeepsOfItself() {
    RetentionSettings oneMegabyte =
        new RetentionSettings(DataSize.ofMegabytes(1), null, null, Map.of());
    EventStore store = open(oneMegabyte, DeduplicationSettings.DEFAULT);
    store.publish(Events.batch("a", "1"));
    for (int i = 0; i < 100; i++) {
      EventBatch.Builder batch = new EventBatch.Builder(Events.NOW);
      Events.add(batch, "_rejected", "id-" + i, '"' + "x".repeat(10_000) + '"');
      store.publish(batch.build());
      TopicStatistics rejected = store.statistics(0).systemTopics().getFirst();
      assertThat(rejected.bytes()).isLessThanOrEqualTo((1 << 20) / 16);
      assertThat(rejected.retained()).isPositive();
    }
  }

  @Test
  void hasNothingLeftWhenItsOnlyTopicIsDeleted() {
    EventStore store = open();
    store.publish(Events.batch("a", "1", "2"));
    store.deleteTopic(new Topic("a"));
    store.deleteTopic(new Topic("never.there"));

    assertThat(store.firstRetainedOffset()).isEqualTo(store.watermark()).isEqualTo(2);
    assertThat(store.statistics(0).firstOffset()).isEqualTo(-1);
    assertThat(store.statistics(0).lastOffset()).isEqualTo(1);
  }

  @Test
  void keepsSystemTopicsOutOfTheTotals() {
    EventStore store = open();
    EventBatch.Builder batch = new EventBatch.Builder(Events.NOW);
    Events.add(batch, "a", "1", "{}");
    Events.add(batch, "_rejected", "1", "{}");
    batch.reject(10);

    assertThat(store.publish(batch.build()).accepted()).isEqualTo(1);
    LogStatistics statistics = store.statistics(Integer.MAX_VALUE);
    assertThat(statistics.accepted()).isEqualTo(1);
    assertThat(statistics.rejected()).isEqualTo(1);
    assertThat(statistics.received()).isEqualTo(2);
    assertThat(statistics.systemTopics()).extracting(TopicStatistics::retained).containsExactly(1L);
  }

  @Test
  void refusesATopicTooManyAndStoresNothingOfItsBatch() {
    EventStore store =
        new EventStore(
            journal(),
            RetentionSettings.DEFAULT,
            DeduplicationSettings.DEFAULT,
            new TopicSettings(2),
            () -> now);
    opened.add(store);
    store.publish(Events.batch("a", "1"));
    EventBatch.Builder batch = new EventBatch.Builder(Events.NOW);
    Events.add(batch, "b", "1", "{}");
    Events.add(batch, "c", "1", "{}");

    EventBatch tooMany = batch.build();
    assertThatThrownBy(() -> store.publish(tooMany)).isInstanceOf(TooManyTopicsException.class);
    assertThat(store.statistics(0).accepted()).isEqualTo(1);
    assertThat(store.publish(Events.batch("b", "1")).accepted()).isEqualTo(1);
  }

  @Test
  void refusesEventsAndLetsReadersGoWhenClosed() throws Exception {
    EventStore store = open();
    store.publish(Events.batch("a", "1"));
    store.close();

    EventBatch late = Events.batch("a", "2");
    assertThatThrownBy(() -> store.publish(late)).isInstanceOf(StoreUnavailableException.class);
    assertThat(store.awaitBeyond(1, Duration.ofMinutes(1))).isFalse();
  }

  @Test
  void handsEachRoomItsRecordsInOrderBeforeTheRecordIsAcknowledged() {
    List<String> applied = new ArrayList<>();
    EventStore store =
        new EventStore(
            journal(),
            RetentionSettings.DEFAULT,
            DeduplicationSettings.DEFAULT,
            TopicSettings.DEFAULT,
            () -> now,
            List.of(new Room("a", applied), new Room("b", applied)));
    opened.add(store);

    store.record("a", new byte[] {1});
    store.publish(Events.batch("topic", "1"));
    store.record("b", new byte[] {2});
    store.record("a", new byte[] {3});

    assertThat(applied).containsExactly("a1", "b2", "a3");
    store.close();
    assertThatThrownBy(() -> store.record("a", new byte[] {4}))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(applied).hasSize(3);
  }

  @Test
  void doesNotPutInOrderWhatItsRoomDoesNotUnderstand() {
    List<String> applied = new ArrayList<>();
    EventStore store =
        new EventStore(
            journal(),
            RetentionSettings.DEFAULT,
            DeduplicationSettings.DEFAULT,
            TopicSettings.DEFAULT,
            () -> now,
            List.of(new Room("a", applied)));
    opened.add(store);

    assertThatThrownBy(() -> store.record("a", new byte[0]))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);
    assertThatThrownBy(() -> store.record("unknown", new byte[] {1}))
        .hasMessageContaining("unknown");
    store.record("a", new byte[] {2});

    assertThat(applied).containsExactly("a2");
  }

  /** What applies an entry holds up every publisher: nothing may be read or waited for in it. */
  @Test
  void letsNobodyReadTheLogWhereAnEntryIsApplied() {
    AtomicReference<EventStore> log = new AtomicReference<>();
    RoomState<byte[]> reading =
        new RoomState<>() {
          @Override
          public String kind() {
            return "reading";
          }

          @Override
          public byte[] decode(byte[] content) {
            return content;
          }

          @Override
          public void apply(byte[] record) {
            all(log.get(), Order.ASC);
          }
        };
    EventStore store =
        new EventStore(
            journal(),
            RetentionSettings.DEFAULT,
            DeduplicationSettings.DEFAULT,
            TopicSettings.DEFAULT,
            () -> now,
            List.of(reading));
    opened.add(store);
    log.set(store);

    assertThatThrownBy(() -> store.record("reading", new byte[0]))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("lock");
    assertThat(all(store, Order.ASC)).isEmpty();
  }

  @Test
  void dropsAsManySegmentsAtOnceAsALargeEventTakesTheRoomOf() {
    RetentionSettings oneMegabyte =
        new RetentionSettings(DataSize.ofMegabytes(1), null, null, Map.of());
    EventStore store = open(oneMegabyte, new DeduplicationSettings(0, null));
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      publishIncompressible(store, random, "id-" + i, 500);
    }
    publishIncompressible(store, random, "large", 300_000);

    assertThat(store.statistics(0).storedBytes()).isLessThanOrEqualTo((1 << 20) + 1_024);
    assertThat(all(store, Order.DESC)).first().extracting(Event::id).isEqualTo("large");
  }

  private static void publishIncompressible(EventStore store, Random random, String id, int bytes) {
    byte[] noise = new byte[bytes];
    random.nextBytes(noise);
    EventBatch.Builder batch = new EventBatch.Builder(Events.NOW);
    Events.add(batch, "a", id, '"' + HexFormat.of().formatHex(noise) + '"');
    store.publish(batch.build());
  }

  @Test
  void freesTheMemoryOfDeletedTopicsStepByStep() {
    EventStore store =
        open(
            new RetentionSettings(DataSize.ofMegabytes(16), null, null, Map.of()),
            new DeduplicationSettings(0, null));
    Random random = new Random(1);
    for (int i = 0; i < 8_000; i++) {
      publishIncompressible(store, random, "id-" + i, 500);
      if (i % 100 == 0) {
        store.publish(Events.batch("b", "id-" + i));
      }
    }
    store.deleteTopic(new Topic("a"));

    await()
        .untilAsserted(
            () -> {
              store.enforceRetention();
              // The open segment and the youngest of those that are full stay as they are.
              assertThat(store.statistics(0).storedBytes()).isLessThan(5 << 19);
            });
    assertThat(all(store, Order.ASC)).hasSize(80);
    assertThat(store.statistics(0).firstOffset()).isEqualTo(1);
  }

  private record Room(String kind, List<String> applied) implements RoomState<Byte> {

    @Override
    public Byte decode(byte[] content) {
      return content[0];
    }

    @Override
    public void apply(Byte record) {
      applied.add(kind + record);
    }
  }

  static void assertSumsAddUp(LogStatistics all) {
    assertSumsAddUp(all, 0);
    assertThat(all.duplicates())
        .isEqualTo(all.topics().stream().mapToLong(TopicStatistics::duplicates).sum());
  }

  /**
   * @param acceptedOfGone what the topics had accepted that have gone
   */
  static void assertSumsAddUp(LogStatistics all, long acceptedOfGone) {
    assertThat(all.received()).isEqualTo(all.accepted() + all.duplicates() + all.rejected());
    assertThat(all.accepted()).isEqualTo(all.retained() + all.evicted());
    assertThat(all.accepted() - acceptedOfGone)
        .isEqualTo(all.topics().stream().mapToLong(TopicStatistics::accepted).sum());
    assertThat(all.topicCount()).isEqualTo(all.topics().size());
    assertThat(all.retained())
        .isEqualTo(all.topics().stream().mapToLong(TopicStatistics::retained).sum());
    assertThat(all.retainedBytes())
        .isEqualTo(all.topics().stream().mapToLong(TopicStatistics::bytes).sum());
  }
}
