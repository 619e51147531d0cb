package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.IdentityKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ring and its table against a linked map. */
class DeduplicationModelTest {

  private static final IdentityKey KEY = IdentityKey.random();

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 3", "10, 30", "300, 500", "1000, 5000", "5000, 6000"})
  void remembersTheNewestIdsAndNoOthers(int maxIds, int range) {
    List<Long> forgotten = new ArrayList<>();
    Random random = new Random(maxIds);
    Deduplication deduplication =
        new Deduplication(
            new DeduplicationSettings(maxIds, null), (topic, offset) -> forgotten.add(offset));
    LinkedHashMap<String, Long> model = new LinkedHashMap<>();
    List<Long> gone = new ArrayList<>();
    for (long offset = 0; offset < 20_000; offset++) {
      String id = "id-" + random.nextInt(range);
      EventBatch batch = hashed(id);
      Long expected = model.get(id);
      assertThat(deduplication.seenAt(batch, 0, 0))
          .isEqualTo(expected == null ? Deduplication.NEW : expected);
      if (expected == null) {
        deduplication.remember(batch, 0, offset, 7, offset);
        model.put(id, offset);
        if (model.size() > maxIds) {
          gone.add(model.remove(model.keySet().iterator().next()));
        }
      }
      assertThat(deduplication.size()).isEqualTo(model.size());
    }
    assertThat(forgotten).isEqualTo(gone);
  }

  private static EventBatch hashed(String... ids) {
    EventBatch batch = Events.batch("t", ids);
    batch.hash(KEY);
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
