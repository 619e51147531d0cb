package dev.logaggregator.store;

import dev.logaggregator.store.segment.ColumnSegment;
import dev.logaggregator.store.segment.PackedSegment;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.Segment;

/**
 * How many segments the log has in each form.
 *
 * @param raw as their events came, and they stay so: the open one, the youngest closed one, tiny
 *     ones
 * @param waiting as their events came, until they are packed
 * @param packed in compressed blocks
 * @param columns in columns
 */
public record SegmentCounts(int raw, int waiting, int packed, int columns) {

  static SegmentCounts of(LogView log) {
    int raw = 1;
    int waiting = 0;
    int packed = 0;
    int columns = 0;
    Segment[] closed = log.closed();
    for (int i = 0; i < closed.length; i++) {
      switch (closed[i]) {
        case RawSegment each -> {
          boolean isYoungest = i == closed.length - 1;
          if (isYoungest || !each.isWorthSealing()) {
            raw++;
          } else {
            waiting++;
          }
        }
        case PackedSegment each -> packed++;
        case ColumnSegment each -> columns++;
      }
    }
    return new SegmentCounts(raw, waiting, packed, columns);
  }
}
