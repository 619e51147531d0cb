package dev.logaggregator.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is put into a batch is what is seen of it, there and where it is copied to. */
class EventBatchTest {

  private static final Instant NOW = Instant.parse("2026-11-22T07:00:00.123456789Z");

  private final EventBatch.Builder builder = new EventBatch.Builder(NOW);
  private final EventDraft draft = new EventDraft();

  private static void set(EventDraft.Slice slice, String text) {
    slice.set(text.getBytes(UTF_8));
  }

  private void add(String topic, String id) {
    draft.clear();
    draft.topic = new Topic(topic);
    set(draft.id, id);
    set(draft.payload, "{}");
    builder.add(draft, 10);
  }

  private static Event event(EventBatch batch, int index) {
    EventView view = new EventView(batch.topics()::get);
    view.attach(batch.bytes(), 0);
    view.moveTo(batch.start(index));
    assertThat(view.end()).isEqualTo(batch.end(index));
    return view.toEvent();
  }

  @Test
  void keepsEveryField() {
    draft.topic = new Topic("orders.created");
    set(draft.id, "é-1");
    set(draft.source, "check out €");
    draft.level = Level.WARN;
    draft.timestamp = Instant.parse("1969-12-31T23:59:59.999999999Z");
    set(draft.attributes, "{\"b\":\"2\",\"a\":\"\\u00e9\\n\"}");
    set(draft.payload, "{\"n\":1.0}");
    builder.add(draft, 100);

    assertThat(event(builder.build(), 0))
        .isEqualTo(
            new Event(
                0,
                new Topic("orders.created"),
                "é-1",
                "check out €",
                Level.WARN,
                Instant.parse("1969-12-31T23:59:59.999999999Z"),
                NOW,
                new LinkedHashMap<>(Map.of("b", "2", "a", "é\n")),
                "{\"n\":1.0}"));
  }

  @Test
  void fillsInWhatWasNotSaid() {
    draft.topic = new Topic("a");
    set(draft.payload, "null");
    builder.add(draft, 4);

    Event event = event(builder.build(), 0);
    assertThat(event.id()).hasSize(36);
    assertThat(event.timestamp()).isEqualTo(NOW);
    assertThat(event.source()).isNull();
    assertThat(event.level()).isNull();
    assertThat(event.attributes()).isEmpty();
    assertThat(event.payload()).isEqualTo("null");
  }

  @Test
  void needsATopic() {
    set(draft.payload, "{}");
    assertThatThrownBy(() -> builder.add(draft, 2))
        .isInstanceOf(InvalidEventException.class)
        .hasMessage("must not be blank");
    assertThat(builder.isEmpty()).isTrue();
  }

  @Test
  void leavesOutTheSpaceOfWhatIsSaidToHaveSome() {
    byte[] json = " {\"a b\" : [ 1 , \"c \\\" d\" ] } ".getBytes(UTF_8);
    draft.topic = new Topic("a");
    draft.payload.set(json, 1, json.length - 1, true, false);
    draft.attributes.set("{ \"k\" : \"v w\" }".getBytes(UTF_8), 0, 15, true, false);
    builder.add(draft, json.length);

    Event event = event(builder.build(), 0);
    assertThat(event.payload()).isEqualTo("{\"a b\":[1,\"c \\\" d\"]}");
    assertThat(event.attributes()).containsEntry("k", "v w");
  }

  @Test
  void countsWhatItHas() {
    assertThat(builder.isEmpty()).isTrue();
    add("a", "1");
    add("b", "2");
    add("a", "3");
    builder.reject(7);
    assertThat(builder.isEmpty()).isFalse();
    assertThat(builder.size()).isEqualTo(3);

    EventBatch batch = builder.build();
    assertThat(batch.size()).isEqualTo(3);
    assertThat(batch.rejected()).isEqualTo(1);
    assertThat(batch.receivedBytes()).isEqualTo(37);
    assertThat(batch.receivedAt()).isEqualTo(NOW);
    assertThat(batch.topics()).containsExactly(new Topic("a"), new Topic("b"));
    assertThat(List.of(batch.topicIndex(0), batch.topicIndex(1), batch.topicIndex(2)))
        .containsExactly(0, 1, 0);
    assertThat(builder.isEmpty()).isTrue();
  }

  @Test
  void knowsEachOfManyTopicsOnce() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 10_000; i++) {
        add("t" + i, String.valueOf(round));
      }
    }
    EventBatch batch = builder.build();
    assertThat(batch.topics()).hasSize(10_000).doesNotHaveDuplicates();
    for (int i = 0; i < batch.size(); i++) {
      assertThat(batch.topicIndex(i)).isEqualTo(i % 10_000);
    }
  }

  @Test
  void startsAnewAfterEachBatch() {
    add("a", "1");
    EventBatch first = builder.build();
    assertThat(event(first, 0).id()).isEqualTo("1");
    assertThat(event(first, 0).receivedAt()).isEqualTo(NOW);

    builder.receivedAt(NOW.plusSeconds(1));
    add("b", "22");
    EventBatch second = builder.build();

    assertThat(event(second, 0).id()).isEqualTo("22");
    assertThat(event(second, 0).topic().name()).isEqualTo("b");
    assertThat(event(second, 0).receivedAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(builder.build().size()).isZero();
  }

  @Test
  void tellsEventsApartByTopicAndId() {
    List<String[]> names =
        List.of(
            new String[] {"a", "bc"},
            new String[] {"ab", "c"},
            new String[] {"abc", "d"},
            new String[] {"a", "b"},
            new String[] {"A", "b"},
            new String[] {"a", "é".repeat(256)});
    names.forEach(name -> add(name[0], name[1]));
    names.forEach(name -> add(name[0], name[1]));
    EventBatch batch = builder.build();
    batch.hash(IdentityKey.random());

    Set<List<Long>> keys = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      List<Long> key = List.of(batch.keyHigh(i), batch.keyLow(i));
      assertThat(keys.add(key)).isTrue();
      int again = i + names.size();
      assertThat(List.of(batch.keyHigh(again), batch.keyLow(again))).isEqualTo(key);
    }
  }

  @Test
  void isTheSameWhereItIsCopiedTo() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ids.add("x".repeat(1 + random.nextInt(300)));
      add("t" + random.nextInt(5), ids.get(i));
    }
    EventBatch batch = builder.build();
    byte[] log = new byte[batch.sizeBytes() + 5];
    int at = 5;
    for (int i = 0; i < batch.size(); i++) {
      batch.copyTo(i, log, at, i * 3, batch.topicIndex(i) + 100);
      at += batch.end(i) - batch.start(i);
    }

    EventView view = new EventView(number -> batch.topics().get(number - 100));
    view.attach(log, 1_000_000_000_000L);
    int position = 5;
    for (int i = 0; i < batch.size(); i++, position = view.end()) {
      view.moveTo(position);
      assertThat(view.offset()).as("seed %d", seed).isEqualTo(1_000_000_000_000L + i * 3);
      assertThat(view.topic()).isEqualTo(batch.topics().get(batch.topicIndex(i)));
      assertThat(view.id()).isEqualTo(ids.get(i));
      assertThat(view.idEquals(ids.get(i).getBytes(UTF_8))).isTrue();
      assertThat(view.idEquals("y".getBytes(UTF_8))).isFalse();
      assertThat(view.payload()).isEqualTo("{}");
    }
    assertThat(position).isEqualTo(log.length);
  }

  @Test
  void makesIdsThatSortAsTheyWereMade() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      draft.clear();
      draft.topic = new Topic("a");
      set(draft.payload, "1");
      builder.receivedAt(NOW.plusMillis(i / 1000));
      builder.add(draft, 1);
    }
    EventBatch batch = builder.build();
    for (int i = 0; i < batch.size(); i++) {
      ids.add(event(batch, i).id());
    }
    assertThat(ids)
        .allMatch(
            id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"))
        .doesNotHaveDuplicates()
        .isSorted();
    assertThat(ids.getFirst()).startsWith("%012x".formatted(NOW.toEpochMilli()).substring(0, 8));
  }

  @Test
  void saysBeforehandWhatAnEventMakesItsBuilderHold() {
    EventBatch.Builder builder = new EventBatch.Builder(Instant.EPOCH);
    for (int i = 0; i < 5_000; i++) {
      EventDraft draft = new EventDraft();
      draft.topic = new Topic("a");
      draft.payload.set(new byte[i % 7 * 100]);
      long before = builder.heldBytes();
      long growth = builder.growthFor(draft);
      builder.add(draft, 0);
      if (i > 0) {
        assertThat(builder.heldBytes()).isLessThanOrEqualTo(before + growth);
        assertThat(growth == 0).isEqualTo(builder.heldBytes() == before);
      }
    }
    long full = builder.heldBytes();
    builder.build();
    builder.shrink();
    assertThat(builder.heldBytes()).isLessThan(full * 2 / 3);
  }

  @Test
  void thatHasWaitedSaysWhenItWasStored() {
    Instant began = Instant.parse("2026-11-22T07:00:00Z");
    Instant stored = began.plusSeconds(40);
    EventBatch.Builder builder = new EventBatch.Builder(began);
    for (Instant time : new Instant[] {null, began}) {
      EventDraft draft = new EventDraft();
      draft.topic = new Topic("a");
      draft.payload.set("1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      draft.timestamp = time;
      builder.add(draft, 1);
    }
    builder.receivedAllAt(stored);
    EventBatch batch = builder.build();
    EventView view = new EventView(batch.topics()::get);
    view.attach(batch.bytes(), 0);
    view.moveTo(batch.start(0));
    assertThat(view.toEvent().receivedAt()).isEqualTo(stored);
    assertThat(view.toEvent().timestamp()).isEqualTo(stored);
    view.moveTo(batch.start(1));
    assertThat(view.toEvent().receivedAt()).isEqualTo(stored);
    assertThat(view.toEvent().timestamp()).isEqualTo(began);
    assertThat(batch.receivedAt()).isEqualTo(stored);
  }
}
