package dev.logaggregator.store.segment;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.store.segment.column.SegmentWriter;

/**
 * Writes sealed segments in columns: packed ones, and those again of which much is gone. One
 * thread.
 */
public final class Columnizer implements AutoCloseable {

  private final SegmentWriter writer = new SegmentWriter();
  private final SegmentFilters filters = new SegmentFilters();

  /** Events that are gone already are left out. */
  public ColumnSegment write(SealedSegment sealed) {
    RawSegment raw = sealed.unpack();
    LiveEvents live = LiveEvents.of(raw);
    SegmentWriter.Written written =
        writer.write(live.view(), live.starts(), live.byTopic(), live.topicEnds());
    return new ColumnSegment(raw, live.directory(), written, filter(sealed, raw, live));
  }

  /** While all events are there, the filter that the segment has is theirs. */
  private BlockFilter filter(SealedSegment sealed, RawSegment raw, LiveEvents live) {
    if (live.count() == sealed.eventCount()) {
      return sealed.filter();
    }
    filters.begin(live, raw);
    for (int start : live.starts()) {
      live.view().moveTo(start);
      filters.add(live.view());
    }
    return filters.build();
  }

  @Override
  public void close() {
    writer.close();
  }
}
