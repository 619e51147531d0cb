package dev.logaggregator.store;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.store.segment.OpenSegment;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Segment;
import dev.logaggregator.store.segment.SegmentTopic;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log's segments, oldest first, the last one open. Changed under the store's lock; what readers
 * see changes only with {@link #publish} and with segments that are dropped or sealed.
 */
final class Segments {

  private final int segmentBytes;
  private final int segmentEvents;
  private Segment[] closed = {};
  private OpenSegment open;
  private long closedBytes;
  private long nextOffset;
  private volatile LogView view;

  /**
   * @param segmentBytes when a segment is full, before compression and with its new topics
   * @param segmentEvents when it is full as well
   */
  Segments(int segmentBytes, int segmentEvents) {
    this.segmentBytes = segmentBytes;
    this.segmentEvents = segmentEvents;
    open = new OpenSegment(0, segmentBytes, segmentEvents, OpenSegment.FIRST_CAPACITY);
    view = new LogView(closed, open.snapshot(), 0);
  }

  /** What readers see. */
  LogView view() {
    return view;
  }

  long nextOffset() {
    return nextOffset;
  }

  /** Whether an event of that size would have to go to a new segment. */
  boolean isFullFor(int size) {
    return !open.hasRoomFor(size);
  }

  /** Appends an event, which readers don't see yet; returns its offset. */
  long append(EventBatch batch, int index, SegmentTopic topic, long receivedMillis) {
    open.append(batch, index, nextOffset, topic, receivedMillis);
    return nextOffset++;
  }

  /** Lets readers see what was appended. */
  void publish() {
    view = new LogView(closed, open.snapshot(), nextOffset);
  }

  /** Closes the open segment and opens another; nothing happens while it is empty. */
  void roll() {
    if (open.isEmpty()) {
      return;
    }
    RawSegment full = open.snapshot();
    closed = Arrays.copyOf(closed, closed.length + 1);
    closed[closed.length - 1] = full;
    closedBytes += full.sizeBytes();
    boolean wasFilled = open.length() > segmentBytes / 2;
    open =
        new OpenSegment(
            nextOffset,
            segmentBytes,
            segmentEvents,
            wasFilled ? segmentBytes : OpenSegment.FIRST_CAPACITY);
  }

  /** The last but so many of the closed segments; null if there aren't as many. */
  @Nullable Segment youngest(int skipped) {
    int index = closed.length - 1 - skipped;
    return index < 0 ? null : closed[index];
  }

  /** The oldest closed segment; null if there is none. */
  @Nullable Segment oldest() {
    return closed.length == 0 ? null : closed[0];
  }

  /** When the open segment's first event was received; null while it has none. */
  @Nullable Long openSinceMillis() {
    return open.isEmpty() ? null : open.firstReceivedMillis();
  }

  /** Drops the oldest closed segment. */
  void dropOldest() {
    closedBytes -= closed[0].sizeBytes();
    closed = Arrays.copyOfRange(closed, 1, closed.length);
  }

  /**
   * Puts a segment's sealed form in its place, unless it was dropped meanwhile; a form without
   * events is left out.
   *
   * @return whether the segment was there still
   */
  boolean replace(Segment replaced, SealedSegment sealed) {
    for (int i = 0; i < closed.length; i++) {
      if (closed[i] == replaced) {
        Segment[] changed = closed.clone();
        changed[i] = sealed;
        if (sealed.eventCount() == 0) {
          changed = without(changed, i);
        } else {
          closedBytes += sealed.sizeBytes();
        }
        closedBytes -= replaced.sizeBytes();
        closed = changed;
        view = new LogView(closed, view.open(), view.watermark());
        return true;
      }
    }
    return false;
  }

  /** Takes out those of these closed segments that are there still; returns which were. */
  List<Segment> remove(List<Segment> gone) {
    Set<Segment> sought = new HashSet<>(gone);
    List<Segment> removed = Arrays.stream(closed).filter(sought::contains).toList();
    closed = Arrays.stream(closed).filter(each -> !sought.contains(each)).toArray(Segment[]::new);
    removed.forEach(each -> closedBytes -= each.sizeBytes());
    publish();
    return removed;
  }

  private static Segment[] without(Segment[] segments, int index) {
    Segment[] rest = Arrays.copyOf(segments, segments.length - 1);
    System.arraycopy(segments, index + 1, rest, index, rest.length - index);
    return rest;
  }

  /** Memory that all segments take. */
  long sizeBytes() {
    return closedBytes + open.sizeBytes();
  }
}
