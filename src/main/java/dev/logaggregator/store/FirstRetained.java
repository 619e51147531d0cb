package dev.logaggregator.store;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Segment;
import dev.logaggregator.store.segment.SegmentTopic;
import org.jspecify.annotations.Nullable;

/**
 * Where the oldest retained event lies when the oldest segments hold events that their topics have
 * dropped. Found by looking at them now and then, a few at a time, so that whoever asks gets an
 * answer without looking: one that may be a moment old, and is then too small, never too large.
 */
final class FirstRetained {

  /** How many segments one look unpacks at most: some ten milliseconds each. */
  private static final int SEGMENTS_A_LOOK = 4;

  private volatile long offset;

  /** The topic of the event at the offset; null if that isn't known to be one. */
  private @Nullable SegmentTopic topic;

  /** Nothing smaller is retained. */
  long offset() {
    return offset;
  }

  /** Looks where it is now. One thread at a time. */
  void advance(LogView log) {
    if (topic != null && offset >= log.firstOffset() && topic.floor() <= offset) {
      return;
    }
    topic = null;
    long from = Math.max(offset, log.firstOffset());
    for (int i = 0; i < SEGMENTS_A_LOOK; i++) {
      Segment segment = log.segmentAfter(from - 1);
      if (segment == null) {
        offset = log.watermark();
        return;
      }
      if (segment.deadEvents() < segment.eventCount() && isIn(segment, from)) {
        return;
      }
      from = segment.lastOffset() + 1;
      offset = from;
    }
  }

  private boolean isIn(Segment segment, long from) {
    Oldest oldest = new Oldest(segment, from);
    switch (segment) {
      case SealedSegment sealed -> sealed.scan(oldest, oldest::take);
      case RawSegment raw -> {
        EventView view = new EventView();
        raw.show(view);
        for (int i = raw.indexAfter(from - 1, view); i < raw.eventCount(); i++) {
          view.moveTo(raw.starts()[i]);
          if (oldest.matches(view)) {
            oldest.take(view);
            break;
          }
        }
      }
    }
    topic = oldest.topic;
    if (topic != null) {
      offset = oldest.offset;
    }
    return topic != null;
  }

  /** Takes those events that are retained and older than any one before. */
  private static final class Oldest implements EventFilter {

    private final Segment segment;
    private final long from;
    private long offset = Long.MAX_VALUE;
    private @Nullable SegmentTopic topic;

    Oldest(Segment segment, long from) {
      this.segment = segment;
      this.from = from;
    }

    void take(EventView event) {
      offset = event.offset();
      topic = segment.topics().get(event.topicNumber());
    }

    @Override
    public boolean matches(EventView event) {
      return event.offset() >= from && event.offset() < offset && !event.isGone();
    }

    @Override
    public Verdict judge(BlockSummary block) {
      return block.lastOffset() < from || block.firstOffset() >= offset
          ? Verdict.NONE
          : Verdict.SOME;
    }
  }
}
