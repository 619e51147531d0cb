package dev.logaggregator.store.segment;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import java.util.function.BooleanSupplier;

/** Looks at one event after the other, in the order of their offsets or against it. */
public final class RawScan implements SegmentScan {

  private final RawSegment segment;
  private final EventFilter filter;
  private final boolean forward;
  private final int from;
  private final int to;
  private int looked;

  /**
   * @param from index of the first event, of those that are to be looked at
   * @param to index after the last one
   * @param forward whether to begin with the first
   */
  public RawScan(RawSegment segment, EventFilter filter, int from, int to, boolean forward) {
    this.segment = segment;
    this.filter = filter;
    this.from = from;
    this.to = to;
    this.forward = forward;
  }

  @Override
  public boolean step(Match match, BooleanSupplier pause) {
    EventView view = new EventView();
    segment.show(view);
    Pace pace = new Pace();
    while (looked < to - from) {
      view.moveTo(segment.starts()[index(looked)]);
      looked++;
      if (filter.matches(view) && !match.found(view)) {
        return looked >= to - from;
      }
      if (pace.isTimeToLook(view.length()) && pause.getAsBoolean()) {
        return looked >= to - from;
      }
    }
    return true;
  }

  /** Has the event that was looked at last, of which there is one, looked at again. */
  public void stepBack() {
    looked--;
  }

  /** The event that was looked at last, of which there is one, where it lies. */
  public RawSegment last() {
    return segment.only(index(looked - 1));
  }

  private int index(int nth) {
    return forward ? from + nth : to - 1 - nth;
  }

  @Override
  public int scanned() {
    return looked;
  }

  /** Offset of the event that was looked at last, of which there is one. */
  public long reached() {
    EventView view = new EventView();
    segment.show(view);
    view.moveTo(segment.starts()[index(looked - 1)]);
    return view.offset();
  }
}
