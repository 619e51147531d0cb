package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Topic;
import dev.logaggregator.store.RetentionSettings.TopicBounds;
import dev.logaggregator.store.segment.OpenSegment;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadSegmentsTest {

  private static final int EVENTS = 3;

  private final List<Segment> dropped = new ArrayList<>();
  private final DeadSegments dead =
      new DeadSegments(
          new TopicLogs(new TopicPlaces(10, 1 << 20), Map.of(), new TopicBounds(null, null, null)),
          dropped::addAll,
          segment -> true);
  private final TopicLog topic = new TopicLog(new Topic("a"), 0, 0, null, new TopicCounters());
  private final Segment segment = segment();
  private final LogView log =
      new LogView(new Segment[] {segment}, new OpenSegment(EVENTS, 1, 1, 1).snapshot(), EVENTS);

  private RawSegment segment() {
    EventBatch batch = Events.batch("a", "1", "2", "3");
    OpenSegment open = new OpenSegment(0, 1 << 20, EVENTS, 1 << 10);
    for (int i = 0; i < EVENTS; i++) {
      open.append(batch, i, i, topic, 0);
    }
    return open.snapshot();
  }

  /** Of those that were there when a floor was moved, that is; going round all costs. */
  @Test
  void doesNotLookWhileNoFloorWasMoved() {
    topic.go();
    dead.step(log);

    assertThat(dropped).isEmpty();
  }

  /** It lost an event after it was copied, and came to its place after that place was looked at. */
  @Test
  void looksAgainAtWhatWasWrittenWhileAFloorWasMoved() {
    topic.go();
    dead.step(log);

    dead.lookAgain();
    dead.step(log);
    assertThat(dropped).containsExactly(segment);

    dead.step(log);
    assertThat(dropped).hasSize(1);
  }
}
