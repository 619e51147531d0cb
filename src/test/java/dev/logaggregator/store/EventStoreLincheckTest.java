package dev.logaggregator.store;

import dev.logaggregator.event.Receipt;
import dev.logaggregator.journal.none.NoJournal;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Whatever publishers and readers do at the same time, the outcome is that of doing it one after
 * the other: who is first gets the smaller offset, who comes second with an id is the duplicate,
 * and a reader sees a prefix of the log.
 */
@Param(name = "id", gen = IntGen.class, conf = "1:3")
public class EventStoreLincheckTest {

  private static final RetentionSettings FOUR_EVENTS =
      new RetentionSettings(null, 4L, null, Map.of());

  private final EventStore store =
      new EventStore(
          new NoJournal(),
          FOUR_EVENTS,
          new DeduplicationSettings(2, null),
          TopicSettings.DEFAULT,
          () -> Events.NOW);

  /** Publishes one event. */
  @Operation
  public String publish(@Param(name = "id") int id) {
    Receipt receipt = store.publish(Events.batch("t", "id-" + id));
    return receipt.accepted() + " at " + receipt.firstOffset() + " of " + receipt.duplicateOf();
  }

  /** Reads everything. */
  @Operation
  public List<Long> read() {
    return Events.all(store, Order.ASC).stream().map(event -> event.offset()).toList();
  }

  /** Counts. */
  @Operation
  public String count() {
    LogStatistics statistics = store.statistics(0);
    return statistics.accepted() + " " + statistics.duplicates() + " " + statistics.retained();
  }

  /** Looks how far the log is. */
  @Operation
  public long watermark() {
    return store.watermark();
  }

  @Test
  void isLinearizable() {
    new StressOptions()
        .iterations(8)
        .invocationsPerIteration(300)
        .threads(3)
        .actorsPerThread(3)
        .check(getClass());
  }
}
