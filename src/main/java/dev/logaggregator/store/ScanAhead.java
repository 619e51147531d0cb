package dev.logaggregator.store;

import dev.logaggregator.event.EventFilter.Verdict;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Segment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through segments in order while the next ones are searched already. How many are, follows
 * from how much is found: where most segments hold little, all cores work ahead; where the first
 * one fills the page, nothing is searched for nothing.
 */
final class ScanAhead implements AutoCloseable {

  private static final int CANCEL_CHECK_MILLIS = 50;

  /** A segment that gave more than one event in so many is worth no more work ahead. */
  private static final int SPARSE = 16;

  /**
   * A segment's events, as far as they are of interest.
   *
   * @param searched whether they are those that match, and no others
   */
  record Part(Segment segment, RawSegment events, boolean searched) {

    static Part unsearched(RawSegment raw) {
      return new Part(raw, raw, false);
    }
  }

  private final SegmentWalk walk;
  private final LogReader reader;
  private final Reading reading;
  private final Deque<Future<Part>> searched = new ArrayDeque<>();
  private boolean begun;
  private boolean finished;
  private int window = 1;

  ScanAhead(SegmentWalk walk, LogReader reader, Reading reading) {
    this.walk = walk;
    this.reader = reader;
    this.reading = reading;
  }

  /** The next segment's part; null when there is none, or the read was cancelled. */
  @Nullable Part next() {
    searchAhead();
    Future<Part> future = searched.poll();
    if (future == null) {
      finished = !walk.isOvertaken();
      return null;
    }
    while (true) {
      try {
        Part part = future.get(CANCEL_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        adapt(part);
        return reading.isCancelled() ? null : part;
      } catch (TimeoutException notYet) {
        if (reading.isCancelled()) {
          future.cancel(false);
          return null;
        }
      } catch (InterruptedException e) {
        future.cancel(false);
        Thread.currentThread().interrupt();
        return null;
      } catch (ExecutionException e) {
        throw new IllegalStateException("reading a segment failed", e.getCause());
      }
    }
  }

  /** Whether all that there was to read has been handed out. */
  boolean isFinished() {
    return finished;
  }

  private void searchAhead() {
    while (searched.size() < window) {
      Segment segment = walk.next();
      if (segment == null) {
        return;
      }
      searched.add(begun ? search(segment) : searchFirst(segment));
      begun = true;
    }
  }

  /** Who reads most of a segment is likely to go on in it: as the next page, for one. */
  private Future<Part> searchFirst(Segment segment) {
    return segment instanceof SealedSegment sealed && sealed.isMostlyWanted(reading.filter())
        ? CompletableFuture.completedFuture(new Part(sealed, reader.unpacked(sealed), false))
        : search(segment);
  }

  private Future<Part> search(Segment segment) {
    return switch (segment) {
      case RawSegment raw -> CompletableFuture.completedFuture(Part.unsearched(raw));
      case SealedSegment sealed ->
          reading.filter().judge(sealed) == Verdict.NONE
              ? CompletableFuture.completedFuture(new Part(sealed, RawSegment.EMPTY, true))
              : reader.extract(sealed, reading.filter());
    };
  }

  private void adapt(Part part) {
    boolean sparse = part.events().eventCount() * (long) SPARSE <= part.segment().eventCount();
    window = sparse ? Math.min(window * 2, reader.cores() * 2) : 1;
  }

  /** Gives up what was searched ahead. */
  @Override
  public void close() {
    searched.forEach(future -> future.cancel(false));
  }
}
