package dev.logaggregator.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentScanTest {

  private static final int EVENTS = 20;
  private static final int LARGE = 100_000;
  private static final int SMALL = 100;

  private record Nothing() implements EventFilter {
    @Override
    public boolean matches(EventView event) {
      return false;
    }

    @Override
    public Verdict judge(BlockSummary block) {
      return Verdict.SOME;
    }
  }

  private static RawSegment events(int size) {
    EventBatch.Builder builder = new EventBatch.Builder(Instant.EPOCH);
    for (int i = 0; i < EVENTS; i++) {
      EventDraft draft = new EventDraft();
      draft.topic = new Topic("t");
      draft.payload.set(new byte[size]);
      builder.add(draft, size);
    }
    EventBatch batch = builder.build();
    OpenSegment open = new OpenSegment(0, 1 << 24, EVENTS, OpenSegment.FIRST_CAPACITY);
    KeptTopic topic = new KeptTopic("t");
    for (int i = 0; i < EVENTS; i++) {
      open.append(batch, i, i, topic, 0);
    }
    return open.snapshot();
  }

  static Stream<Segment> large() {
    return forms(events(LARGE));
  }

  static Stream<Segment> small() {
    return forms(events(SMALL));
  }

  private static Stream<Segment> forms(RawSegment raw) {
    try (Sealer sealer = new Sealer();
        Columnizer columnizer = new Columnizer()) {
      PackedSegment packed = sealer.seal(raw);
      return Stream.of(raw, packed, columnizer.write(packed));
    }
  }

  /** A dear condition takes long with each of them. */
  @ParameterizedTest
  @MethodSource("large")
  void looksAtTheTimeAfterEachLargeEvent(Segment segment) {
    SegmentScan scan = SegmentScan.of(segment, new Nothing());

    assertThat(steps(scan)).isEqualTo(EVENTS);
    assertThat(scan.scanned()).isEqualTo(EVENTS);
  }

  @ParameterizedTest
  @MethodSource("small")
  void looksAtTheTimeAfterManySmallEvents(Segment segment) {
    SegmentScan scan = SegmentScan.of(segment, new Nothing());

    assertThat(steps(scan)).isEqualTo(1);
    assertThat(scan.scanned()).isEqualTo(EVENTS);
  }

  /** How many steps a scan takes when it pauses whenever it may. */
  private static int steps(SegmentScan scan) {
    int steps = 1;
    while (!scan.step(event -> true, () -> true)) {
      steps++;
    }
    return steps;
  }
}
