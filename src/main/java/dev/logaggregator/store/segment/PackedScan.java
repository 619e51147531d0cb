package dev.logaggregator.store.segment;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventFilter.Verdict;
import dev.logaggregator.event.EventView;
import java.util.function.BooleanSupplier;

/**
 * Looks at the events of a packed segment's blocks, as far as these may hold matches. Finds them in
 * the order of their blocks, not of their offsets.
 */
final class PackedScan implements SegmentScan {

  private final PackedSegment segment;
  private final EventFilter filter;
  private final EventView view;
  private boolean begun;
  private int block;
  private int at;
  private int scanned;

  PackedScan(PackedSegment segment, EventFilter filter) {
    this.segment = segment;
    this.filter = filter;
    this.view = new EventView(segment.topics());
  }

  @Override
  public boolean step(Match match, BooleanSupplier pause) {
    if (!begun && filter.judge(segment) == Verdict.NONE) {
      block = segment.blocks();
    }
    begun = true;
    while (block < segment.blocks()) {
      Block next = segment.block(block);
      Verdict verdict = filter.judge(next);
      if (verdict != Verdict.NONE && !search(next, verdict == Verdict.ALL, match, pause)) {
        return false;
      }
      block++;
      at = 0;
      if (pause.getAsBoolean()) {
        break;
      }
    }
    if (block < segment.blocks()) {
      return false;
    }
    scanned = segment.eventCount();
    return true;
  }

  /** Whether all of the block was looked at. After a pause it may have to be unpacked anew. */
  private boolean search(Block packed, boolean matchAll, Match match, BooleanSupplier pause) {
    EventFilter left = filter.within(packed);
    byte[] events = BlockReader.ofThread().read(packed);
    int end = packed.rawLength();
    view.attach(events, segment.baseOffset());
    Pace pace = new Pace();
    while (at < end) {
      segment.moveTo(at, end, view);
      boolean matches = matchAll || left.matches(view);
      boolean goOn = !matches || match.found(view);
      at = view.end();
      scanned++;
      boolean pauses = !goOn || pace.isTimeToLook(view.length()) && pause.getAsBoolean();
      if (pauses && at < end) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int scanned() {
    return scanned;
  }
}
