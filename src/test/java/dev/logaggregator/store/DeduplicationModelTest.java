package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventBatch;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ring and its table against a linked map. */
class DeduplicationModelTest {

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 3", "10, 30", "300, 500", "1000, 5000", "5000, 6000"})
  void remembersTheNewestIdsAndNoOthers(int maxIds, int range) {
    Random random = new Random(maxIds);
    Deduplication deduplication = new Deduplication(new DeduplicationSettings(maxIds, null));
    LinkedHashMap<String, Long> model = new LinkedHashMap<>();
    for (long offset = 0; offset < 20_000; offset++) {
      String id = "id-" + random.nextInt(range);
      EventBatch batch = Events.batch("t", id);
      Long expected = model.get(id);
      assertThat(deduplication.seenAt(batch, 0))
          .isEqualTo(expected == null ? Deduplication.NEW : expected);
      if (expected == null) {
        deduplication.remember(batch, 0, offset, offset);
        model.put(id, offset);
        if (model.size() > maxIds) {
          model.remove(model.keySet().iterator().next());
        }
      }
      assertThat(deduplication.size()).isEqualTo(model.size());
    }
  }
}
