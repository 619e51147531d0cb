package dev.logaggregator.store;

import dev.logaggregator.event.EventView;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.store.segment.Extract;
import dev.logaggregator.store.segment.RawScan;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Segment;
import dev.logaggregator.store.segment.SegmentScan;
import org.jspecify.annotations.Nullable;

/**
 * One segment's matches for a reader, in parts of bounded size, each a copy that is claimed: what
 * the reader makes of it may take as long as it likes.
 *
 * <p>A sealed segment finds matches in no order. As long as they are few they are put in order when
 * all are found. Where there are more than a part may have, its events are unpacked and looked at
 * in order instead; those that are unpacked stay for a while, for the next part. One thread at a
 * time.
 */
final class SegmentSearch {

  /** What a reader may hold; less where the heap is small. */
  private static final long PART_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 1024, 64L << 10, 1L << 20);

  /**
   * Events that match.
   *
   * @param segment that they are of
   * @param events in the order of their offsets, whatever the reader's is
   * @param reached up to this offset, in the reader's order, all was looked at
   * @param finished whether there is no further part of the segment
   * @param scanned how many events were looked at since the last part
   * @param claim on what they take; to be closed when they are let go
   */
  record Part(
      Segment segment, RawSegment events, long reached, boolean finished, int scanned, Claim claim)
      implements AutoCloseable {

    @Override
    public void close() {
      claim.close();
    }
  }

  private final Segment segment;
  private final Reading reading;
  private final LogReader reader;
  private boolean inOrder;
  private @Nullable SegmentScan sparse;
  private Extract matches;
  private Claim claim;
  private long reached;
  private int scanned;

  SegmentSearch(Segment segment, Reading reading, LogReader reader) {
    this.segment = segment;
    this.reading = reading;
    this.reader = reader;
    inOrder = !(segment instanceof SealedSegment sealed) || sealed.isMostlyWanted(reading.filter());
    matches = new Extract(segment);
    claim = reading.claim();
    reached = reading.start();
  }

  /** Goes on; null when the slice is over before there is a part. */
  @Nullable Part step(Slice slice) {
    if (!inOrder) {
      SegmentScan scan = sparse;
      if (scan == null) {
        scan = SegmentScan.of(segment, reading.filter());
        sparse = scan;
      }
      boolean done = scan.step(this::take, slice);
      if (!inOrder) {
        scanned = scan.scanned();
        return done ? part(end(), true) : null;
      }
    }
    return stepInOrder(slice);
  }

  /** Whether an event of a segment in no order was taken, and the scan may go on. */
  private boolean take(EventView event) {
    if (reading.isWithin(event.offset()) && !inOrder && !add(event)) {
      // More than a part may have: begun anew, in order.
      inOrder = true;
      sparse = null;
      claim.close();
      matches = new Extract(segment);
      scanned = 0;
    }
    return !inOrder;
  }

  private @Nullable Part stepInOrder(Slice slice) {
    RawSegment events =
        switch (segment) {
          case RawSegment raw -> raw;
          case SealedSegment sealed -> reader.unpacked(sealed);
        };
    RawScan scan = reading.scanAfter(reached, events);
    boolean[] full = {false};
    boolean done =
        scan.step(
            event -> {
              add(event);
              full[0] = matches.count() >= reading.remaining() || isFull(0);
              return !full[0];
            },
            slice);
    scanned += scan.scanned();
    if (scan.scanned() > 0) {
      reached = scan.reached();
    }
    return done ? part(end(), true) : full[0] ? part(reached, false) : null;
  }

  /** False if there is no room for one more; the first one has room, or the search fails. */
  private boolean add(EventView event) {
    if (matches.count() == 0) {
      claim.atLeast(event.length() + (long) Long.BYTES);
    } else if (isFull(event.length())) {
      return false;
    }
    matches.add(event);
    return true;
  }

  private boolean isFull(int more) {
    long bytes = matches.sizeBytes() + more;
    return bytes > PART_BYTES || !claim.tryAtLeast(bytes);
  }

  private long end() {
    return reading.isForward() ? segment.lastOffset() : segment.baseOffset();
  }

  private Part part(long upTo, boolean finished) {
    Part part = new Part(segment, matches.build(), upTo, finished, scanned, claim);
    matches = new Extract(segment);
    claim = reading.claim();
    scanned = 0;
    return part;
  }

  /** Lets go what wasn't handed over. */
  void close() {
    claim.close();
  }
}
