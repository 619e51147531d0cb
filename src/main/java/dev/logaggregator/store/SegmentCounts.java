package dev.logaggregator.store;

import dev.logaggregator.store.segment.ColumnSegment;
import dev.logaggregator.store.segment.PackedSegment;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.Segment;

/**
 * How many segments the log has in each form.
 *
 * @param raw as their events came, the open one included
 * @param packed in compressed blocks
 * @param columns in columns
 */
public record SegmentCounts(int raw, int packed, int columns) {

  static SegmentCounts of(LogView log) {
    int raw = 1;
    int packed = 0;
    int columns = 0;
    for (Segment segment : log.closed()) {
      switch (segment) {
        case RawSegment each -> raw++;
        case PackedSegment each -> packed++;
        case ColumnSegment each -> columns++;
      }
    }
    return new SegmentCounts(raw, packed, columns);
  }
}
