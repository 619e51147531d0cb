package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import dev.logaggregator.store.segment.OpenSegment;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Sealer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Unpacking takes steps, is done once for all, and comes to its end however many want it. */
class UnpackedSegmentsTest {

  private static final int EVENTS = 200;

  /** Some tens of events to a block. */
  private static final String PAYLOAD = '"' + "x".repeat(1_500) + '"';

  private static final int BLOCKS = EVENTS * PAYLOAD.length() / (64 * 1024);

  private final UnpackedSegments unpacked = new UnpackedSegments();

  @Test
  void goOnWhereTheSliceBeforeHasEnded() {
    SealedSegment segment = segment(0);

    int slices = slicesUntilUnpacked(segment);

    assertThat(slices).isGreaterThan(BLOCKS);
    assertThat(offsets(segment)).isEqualTo(LongStream.range(0, EVENTS).boxed().toList());
    assertThat(slicesUntilUnpacked(segment)).as("kept").isOne();
  }

  @Test
  void areFinishedEvenWhereNobodyWantsThoseAnyMoreThatWereBegun() {
    for (int i = 1; i <= 3 * Scanners.count(); i++) {
      assertThat(unpacked.get(segment(i * 1_000L), over())).isNull();
    }
    SealedSegment segment = segment(0);

    // As many as there are scanners come first, and each slice takes one event at least.
    assertThat(slicesUntilUnpacked(segment)).isLessThan((Scanners.count() + 1) * EVENTS);
    assertThat(offsets(segment)).hasSize(EVENTS);
  }

  private int slicesUntilUnpacked(SealedSegment segment) {
    int slices = 1;
    while (unpacked.get(segment, over()) == null) {
      slices++;
    }
    return slices;
  }

  /** In which nothing is done but what can't be cut. */
  private static Slice over() {
    return new Slice(System.nanoTime() - 1);
  }

  private List<Long> offsets(SealedSegment segment) {
    RawSegment events = unpacked.get(segment, over());
    assertThat(events).isNotNull();
    EventView view = new EventView();
    events.show(view);
    List<Long> offsets = new ArrayList<>();
    for (int start : events.starts()) {
      view.moveTo(start);
      assertThat(view.payload()).isEqualTo(PAYLOAD);
      offsets.add(view.offset());
    }
    return offsets;
  }

  /** Of two topics, so that its events have to be put in order. */
  private static SealedSegment segment(long baseOffset) {
    EventBatch.Builder builder = new EventBatch.Builder(Events.NOW);
    for (int i = 0; i < EVENTS; i++) {
      Events.add(builder, i % 2 == 0 ? "a" : "b", "id-" + i, PAYLOAD);
    }
    EventBatch batch = builder.build();
    List<TopicLog> topics =
        batch.topics().stream()
            .map((Topic each) -> new TopicLog(each, 0, 0, null, new TopicCounters()))
            .toList();
    OpenSegment open = new OpenSegment(baseOffset, 4 << 20, EVENTS, batch.sizeBytes());
    for (int i = 0; i < EVENTS; i++) {
      open.append(batch, i, baseOffset + i, topics.get(batch.topicIndex(i)), 0);
    }
    try (Sealer sealer = new Sealer()) {
      return sealer.seal(open.snapshot());
    }
  }
}
