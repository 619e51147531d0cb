package dev.logaggregator.store;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.store.segment.Extract;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.SegmentScan;
import org.jspecify.annotations.Nullable;

/**
 * A sealed segment's events being put back in order, in steps; whoever needs them, or the room that
 * they take, goes on with it. Scanners only: who comes while another is at it waits for what is
 * left of that one's slice.
 */
final class Unpacking {

  private final SealedSegment segment;
  private final SegmentScan scan;
  private final Extract events;
  private @Nullable RawSegment unpacked;

  Unpacking(SealedSegment segment) {
    this.segment = segment;
    scan = SegmentScan.of(segment, new Everything());
    events = new Extract(segment);
  }

  SealedSegment segment() {
    return segment;
  }

  /** Goes on; null when the slice is over before all is unpacked. */
  synchronized @Nullable RawSegment step(Slice slice) {
    if (unpacked == null && scan.step(this::add, slice)) {
      unpacked = events.build();
    }
    return unpacked;
  }

  private boolean add(EventView event) {
    events.add(event);
    return true;
  }

  private record Everything() implements EventFilter {

    @Override
    public boolean matches(EventView event) {
      return true;
    }

    @Override
    public Verdict judge(BlockSummary block) {
      return Verdict.ALL;
    }
  }
}
