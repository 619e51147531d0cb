package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.Event;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Topic;
import dev.logaggregator.store.RetentionSettings.TopicBounds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What a store promises its readers, whatever its journal. */
abstract class EventReadingContract extends OpenStores {

  @Test
  void tellsAReaderWhatItMissed() {
    EventStore store = open(keep(16), DeduplicationSettings.DEFAULT);
    for (int i = 0; i < 100; i++) {
      store.publish(Events.batch("a", "id-" + i));
    }
    settle(store);
    long first = store.firstRetainedOffset();
    String epoch = store.epoch();

    assertThat(store.locate(new Cursor(epoch, first - 1)).gap()).isNull();
    assertThat(store.locate(new Cursor(null, first)).gap()).isNull();
    assertThat(store.locate(new Cursor(null, 5)))
        .isEqualTo(
            new Position(first - 1, new Gap(new Cursor(null, 5), new Cursor(epoch, first - 1))));
    assertThat(store.locate(new Cursor("another", 99)).gap()).isNotNull();
  }

  @Test
  void endsAReadAtWhatWasThereWhenItBeganHoweverFastTheLogGrows() throws IOException {
    EventStore store = open(keep(1_000), DeduplicationSettings.DEFAULT);
    publish(store, 0, 100);
    settle(store);
    int[] published = {100};

    for (Order order : Order.values()) {
      int before = published[0];
      List<Long> offsets = new ArrayList<>();
      ReadResult result =
          store.read(
              everything(order),
              event -> {
                publish(store, published[0], ++published[0]);
                return offsets.add(event.offset());
              });

      assertThat(offsets).hasSize(before).allMatch(offset -> offset < before);
      assertThat(result.exhausted()).isTrue();
    }
  }

  /** Larger than what is read at a time, smaller, and of every mixture. */
  @Test
  void handsOnEveryEventOnceHoweverLargeItsNeighboursAre() {
    EventStore store = open(RetentionSettings.DEFAULT, DeduplicationSettings.DEFAULT);
    Random random = new Random(5);
    List<Long> offsets = new ArrayList<>();
    for (long i = 0; i < 60; i++) {
      int size = random.nextBoolean() ? 100 : 1 + random.nextInt(1_500_000);
      EventBatch.Builder batch = new EventBatch.Builder(Events.NOW);
      Events.add(batch, "t", "id-" + i, '"' + "x".repeat(size) + '"');
      store.publish(batch.build());
      offsets.add(i);
    }

    assertThat(all(store, Order.ASC)).extracting(Event::offset).isEqualTo(offsets);
    assertThat(all(store, Order.DESC)).extracting(Event::offset).isEqualTo(offsets.reversed());
  }

  @Test
  void endsAReadThatRetentionOvertakesWhereTheNextOneLearnsWhatIsMissing() throws IOException {
    EventStore store = open(keep(160), DeduplicationSettings.DEFAULT);
    publish(store, 0, 160);
    settle(store);
    List<Long> offsets = new ArrayList<>();

    ReadResult overtaken = readAndPublishAt(50, 160, store, Order.ASC, offsets);

    assertThat(overtaken.exhausted()).isFalse();
    assertThat(overtaken.position()).isEqualTo(offsets.getLast()).isBetween(50L, 100L);
    assertThat(offsets).startsWith(0L, 1L).hasSize((int) overtaken.position() + 1);
    ReadResult next =
        store.read(
            new ReadRequest(new Events.Any(), Order.ASC, overtaken.position(), Long.MAX_VALUE),
            event -> true);
    assertThat(next.oldest()).isEqualTo(160);
    assertThat(next.exhausted()).isTrue();
  }

  @Test
  void endsABackwardReadWhereRetentionHasCome() throws IOException {
    EventStore store = open(keep(160), DeduplicationSettings.DEFAULT);
    publish(store, 0, 160);
    settle(store);
    List<Long> offsets = new ArrayList<>();

    ReadResult result = readAndPublishAt(120, 80, store, Order.DESC, offsets);

    assertThat(result.exhausted()).isTrue();
    assertThat(offsets).startsWith(159L, 158L).endsWith(80L).hasSize(80);
  }

  /** Reads everything; at one of the offsets, so many more are published. */
  private static ReadResult readAndPublishAt(
      long offset, int more, EventStore store, Order order, List<Long> read) throws IOException {
    return store.read(
        everything(order),
        event -> {
          if (event.offset() == offset) {
            publish(store, 160, 160 + more);
          }
          return read.add(event.offset());
        });
  }

  private static void publish(EventStore store, int from, int to) {
    String[] ids = IntStream.range(from, to).mapToObj(i -> "id-" + i).toArray(String[]::new);
    store.publish(Events.batch("a", ids));
  }

  private static ReadRequest everything(Order order) {
    return new ReadRequest(new Events.Any(), order, Events.start(order), Long.MAX_VALUE);
  }

  @Test
  void pagesThroughInBothDirectionsWithoutGapOrRepeat() throws IOException {
    EventStore store = open();
    String[] ids = IntStream.range(0, 1_000).mapToObj(i -> "id-" + i).toArray(String[]::new);
    store.publish(Events.batch("a", ids));
    settle(store);

    for (Order order : Order.values()) {
      List<Long> offsets = new ArrayList<>();
      long position = Events.start(order);
      boolean exhausted = false;
      while (!exhausted) {
        ReadResult page =
            store.read(
                new ReadRequest(new Events.Any(), order, position, 7),
                event -> offsets.add(event.offset()));
        position = page.position();
        exhausted = page.exhausted();
      }
      assertThat(offsets).hasSize(1_000).doesNotHaveDuplicates();
    }
  }

  @Test
  void readsTheEventAtAnOffsetWhereverItLies() throws IOException {
    RetentionSettings smallSegments =
        new RetentionSettings(
            DataSize.ofMegabytes(16),
            null,
            null,
            Map.of("_system", new TopicBounds(DataSize.ofMegabytes(16), null, null)));
    EventStore store = open(smallSegments, new DeduplicationSettings(0, null));
    String[] ids = IntStream.range(0, 5_000).mapToObj(i -> "id-" + i).toArray(String[]::new);
    for (int i = 0; i < 20; i++) {
      store.publish(Events.batch(i % 2 == 0 ? "a" : "_system", ids));
    }
    settle(store);

    for (long offset = 0; offset < 100_000; offset += 1_234) {
      List<Event> found = new ArrayList<>();
      assertThat(store.readAt(offset, event -> found.add(event.toEvent()))).isTrue();
      assertThat(found).extracting(Event::offset).containsExactly(offset);
      assertThat(found).extracting(Event::id).containsExactly("id-" + offset % 5_000);
    }
  }

  @Test
  void saysThatThereIsNoEventAtAnOffset() throws IOException {
    EventStore store = open();
    store.publish(Events.batch("a", "1"));
    store.publish(Events.batch("b", "1"));
    store.deleteTopic(new Topic("a"));
    EventConsumer none =
        event -> {
          throw new AssertionError("there is an event at " + event.offset());
        };

    assertThat(store.readAt(0, none)).isFalse();
    assertThat(store.readAt(2, none)).isFalse();
    assertThat(store.readAt(1, event -> false)).isTrue();
  }

  @Test
  void wakesAReaderWhenThereIsSomethingToRead() throws Exception {
    EventStore store = open();
    CompletableFuture<Boolean> woken =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return store.awaitBeyond(0, Duration.ofSeconds(30));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    store.publish(Events.batch("a", "1"));

    assertThat(woken.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(store.awaitBeyond(1, Duration.ofMillis(1))).isFalse();
  }
}
