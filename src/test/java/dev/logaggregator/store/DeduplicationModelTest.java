package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.IdentityKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ring and its table against a queue and a map. */
class DeduplicationModelTest {

  private static final IdentityKey KEY = IdentityKey.random();

  /** What is in the ring, the oldest first. */
  private record Seen(String id, long offset, long millis) {}

  /**
   * Ids of one topic, which goes now and then: then what it had is in the ring, and isn't known.
   *
   * @param maxAge in events, of which one comes in a millisecond or several; 0 for none
   */
  @ParameterizedTest
  @CsvSource({
    "1, 3, 0",
    "2, 3, 0",
    "10, 30, 0",
    "10, 12, 7",
    "300, 500, 0",
    "1000, 5000, 0",
    "1000, 5000, 250",
    "5000, 6000, 4000",
    "5000, 6000, 0"
  })
  void remembersTheNewestIdsAndNoOthers(int maxIds, int range, int maxAge) {
    assertRemembers(IdentityKey.random(), maxIds, range, maxAge, 20_000);
  }

  /** By each key, others of the ids meet in the table, and at its end. */
  @Test
  void doesSoWhateverIdsMeet() {
    for (int i = 0; i < 200; i++) {
      assertRemembers(IdentityKey.random(), 3, 6, 0, 200);
    }
  }

  private static void assertRemembers(
      IdentityKey key, int maxIds, int range, int maxAge, int events) {
    List<Long> forgotten = new ArrayList<>();
    Random random = new Random(maxIds);
    Deduplication deduplication =
        new Deduplication(
            new DeduplicationSettings(maxIds, maxAge == 0 ? null : Duration.ofMillis(maxAge)),
            (topic, offset) -> {
              assertThat(topic).isEqualTo((int) offset % 7);
              forgotten.add(offset);
            });
    Deque<Seen> ring = new ArrayDeque<>();
    Map<String, Long> latest = new HashMap<>();
    List<Long> gone = new ArrayList<>();
    long since = 0;
    long millis = 0;
    for (long offset = 0; offset < events; offset++) {
      since = random.nextInt(3 * maxIds) == 0 ? offset : since;
      // Now and then nothing comes for a while, so that few ids are left when many come.
      millis += random.nextInt(1_000) == 0 ? maxAge : random.nextInt(3) / 2;
      deduplication.expire(millis);
      while (maxAge > 0 && !ring.isEmpty() && millis - ring.peek().millis > maxAge) {
        gone.add(forget(ring, latest));
      }
      String id = "id-" + random.nextInt(range);
      EventBatch batch = hashed(key, id);
      long known = latest.getOrDefault(id, Deduplication.NEW);
      assertThat(deduplication.seenAt(batch, 0, since))
          .isEqualTo(known < since ? Deduplication.NEW : known);
      if (known < since) {
        deduplication.remember(batch, 0, offset, (int) offset % 7, millis);
        if (ring.size() == maxIds) {
          gone.add(forget(ring, latest));
        }
        ring.add(new Seen(id, offset, millis));
        latest.put(id, offset);
      }
      assertThat(deduplication.size()).isEqualTo(ring.size());
    }
    assertThat(forgotten).isEqualTo(gone);
  }

  private static long forget(Deque<Seen> ring, Map<String, Long> latest) {
    Seen oldest = ring.remove();
    latest.remove(oldest.id, oldest.offset);
    return oldest.offset;
  }

  @Test
  void knowsWhatAnIdTakes() {
    int ids = 10_000;
    Deduplication plain = new Deduplication(new DeduplicationSettings(ids, null), (t, o) -> {});
    Deduplication aged =
        new Deduplication(new DeduplicationSettings(ids, Duration.ofDays(1)), (t, o) -> {});
    long empty = plain.sizeBytes();
    for (int i = 0; i < ids; i++) {
      EventBatch batch = hashed("id-" + i);
      plain.remember(batch, 0, i, 0, 0);
      aged.remember(batch, 0, i, 0, 0);
    }

    assertThat(empty).isPositive().isLessThan(20_000);
    // Three longs and an int, and two to four slots of the table.
    assertThat(plain.sizeBytes()).isBetween(ids * 44L, ids * 60L);
    assertThat(aged.sizeBytes()).isEqualTo(plain.sizeBytes() + ids * 8L);
  }

  private static EventBatch hashed(String... ids) {
    return hashed(KEY, ids);
  }

  private static EventBatch hashed(IdentityKey key, String... ids) {
    EventBatch batch = Events.batch("t", ids);
    batch.hash(key);
    return batch;
  }

  /** The key is then in the ring twice, and in the table once. */
  @Test
  void takesAKeyForNewThatWentWithItsTopic() {
    List<Long> forgotten = new ArrayList<>();
    Deduplication deduplication =
        new Deduplication(
            new DeduplicationSettings(3, null), (topic, offset) -> forgotten.add(offset));
    EventBatch batch = hashed("a", "b", "c", "d");
    deduplication.remember(batch, 0, 10, 0, 0);
    deduplication.remember(batch, 1, 11, 0, 0);

    assertThat(deduplication.seenAt(batch, 0, 12)).isEqualTo(Deduplication.NEW);
    deduplication.remember(batch, 0, 12, 0, 0);
    deduplication.remember(batch, 2, 13, 0, 0);

    assertThat(forgotten).containsExactly(10L);
    assertThat(deduplication.seenAt(batch, 0, 12)).isEqualTo(12);
    deduplication.remember(batch, 3, 14, 0, 0);
    assertThat(deduplication.seenAt(batch, 0, 12)).isEqualTo(12);
    assertThat(deduplication.size()).isEqualTo(3);
  }
}
