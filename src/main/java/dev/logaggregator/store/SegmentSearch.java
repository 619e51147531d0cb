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
 * One segment's matches for a reader, in parts of bounded size, each a copy that is claimed.
 *
 * <p>A sealed segment finds matches in no order. As long as they are few they are put in order when
 * all are found. Where there are more than a part may have, its events are unpacked and looked at
 * in order instead; those that are unpacked stay for a while, for the next part. One thread at a
 * time.
 */
final class SegmentSearch {

  /** What a part may have; less where the heap is small. */
  static final long MOST_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 1024, 64L << 10, 1L << 20);

  /** An event of more is a part of its own, and is not copied: who reads it does so in pieces. */
  private static final int LARGE_BYTES = 64 * 1024;

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
  private final UnpackedSegments unpacked;
  private boolean inOrder;
  private @Nullable SegmentScan sparse;
  private Extract matches;
  private Claim claim;
  private long reached;
  private int scanned;

  /**
   * @param dense whether much is expected of it, so that the next part, or the next page, is likely
   *     to be of the same segment
   */
  SegmentSearch(Segment segment, boolean dense, Reading reading, UnpackedSegments unpacked) {
    this.segment = segment;
    this.reading = reading;
    this.unpacked = unpacked;
    inOrder =
        !(segment instanceof SealedSegment sealed)
            || dense && sealed.isMostlyWanted(reading.filter());
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
          case SealedSegment sealed -> unpacked.get(sealed, slice);
        };
    if (events == null) {
      return null;
    }
    RawScan scan = reading.scanAfter(reached, events);
    boolean[] full = {false};
    boolean[] added = {true};
    boolean[] large = {false};
    boolean done =
        scan.step(
            event -> {
              large[0] = event.length() > LARGE_BYTES && matches.count() == 0;
              added[0] = large[0] || event.length() <= LARGE_BYTES && add(event);
              full[0] =
                  large[0] || !added[0] || matches.count() >= reading.remaining() || isFull(0);
              return !full[0];
            },
            slice);
    if (!added[0]) {
      // It begins the next part.
      scan.stepBack();
      done = false;
    }
    scanned += scan.scanned();
    if (scan.scanned() > 0) {
      reached = scan.reached();
    }
    if (large[0]) {
      return part(scan.last(), done ? end() : reached, done);
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
    return bytes > (inOrder ? reading.partBytes() : MOST_BYTES) || !claim.tryAtLeast(bytes);
  }

  private long end() {
    return reading.isForward() ? segment.lastOffset() : segment.baseOffset();
  }

  private Part part(long upTo, boolean finished) {
    return part(matches.build(), upTo, finished);
  }

  private Part part(RawSegment found, long upTo, boolean finished) {
    Part part = new Part(segment, found, upTo, finished, scanned, claim);
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
