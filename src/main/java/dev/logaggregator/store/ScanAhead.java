package dev.logaggregator.store;

import dev.logaggregator.store.SegmentSearch.Part;
import dev.logaggregator.store.segment.Segment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Goes through segments in order while the scanners search the next ones already. How many are
 * searched ahead, follows from how much is found: where most segments hold little, all cores work
 * ahead; where the first one fills the page, nothing is searched for nothing.
 *
 * <p>Each segment that is looked at has a place in a queue, in the reader's order, until the reader
 * has come by it. Scanners fill the places, the reader's thread empties them.
 */
final class ScanAhead implements AutoCloseable {

  private static final long CANCEL_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** A segment that gave more than one event in so many is worth no more work ahead. */
  private static final int SPARSE = 16;

  /** Places of segments in which nothing was found, before the reader has come by. */
  private static final int MOST_PLACES = 1_024;

  /** What becomes of a place. */
  private enum State {
    /** A scanner is at it. */
    SEARCHED,
    /** There is a part for the reader. */
    FILLED,
    /** The reader has taken a part, and there is more. */
    LEFT,
    /** The reader has come back for more. */
    WANTED,
    /** Nothing was found, or nothing more. */
    EMPTY
  }

  /** A segment on its way to the reader. */
  private static final class Place {

    private final Segment segment;

    /** Whether as much is expected of it as of the segments before, which was much. */
    private final boolean dense;

    private State state = State.SEARCHED;
    private @Nullable SegmentSearch search;
    private @Nullable Part part;

    /** How many events of it were passed, where nothing was found. */
    private int scanned;

    Place(Segment segment, boolean dense) {
      this.segment = segment;
      this.dense = dense;
    }
  }

  private final SegmentWalk walk;
  private final UnpackedSegments unpacked;
  private final Reading reading;
  private final Scanners.Lane lane;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Place> places = new ArrayDeque<>();
  private int seekers;
  private int window = 1;
  private boolean walked;

  /** Up to here nothing was found, in so many events; for the reader to take note of. */
  private long passed;

  private long passedEvents;
  private @Nullable Throwable failure;

  ScanAhead(SegmentWalk walk, UnpackedSegments unpacked, Reading reading, Scanners.Lane lane) {
    this.walk = walk;
    this.unpacked = unpacked;
    this.reading = reading;
    this.lane = lane;
  }

  /**
   * The next part, to be closed by the caller; null when there is none, or the read was cancelled.
   */
  @Nullable Part next() {
    lock.lock();
    try {
      while (true) {
        rethrow();
        passEmpty();
        reading.pass(passed, passedEvents);
        passedEvents = 0;
        Place first = places.peek();
        if (first != null && first.state == State.FILLED) {
          return take(first);
        }
        if (reading.isCancelled() || isAtEnd()) {
          return null;
        }
        if (first != null && first.state == State.LEFT) {
          first.state = State.WANTED;
        }
        seek();
        changed.awaitNanos(CANCEL_CHECK_NANOS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void rethrow() {
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (thrown != null) {
      throw new IllegalStateException("reading a segment failed", thrown);
    }
  }

  /** Whoever finds one empty does so, since waking the reader for each costs more than that. */
  private void passEmpty() {
    for (Place first = places.peek();
        first != null && first.state == State.EMPTY;
        first = places.peek()) {
      places.remove();
      passed = end(first.segment);
      passedEvents += first.scanned;
      window = Math.min(window * 2, Scanners.count() * 2);
    }
  }

  private long end(Segment segment) {
    return reading.isForward() ? segment.lastOffset() : segment.baseOffset();
  }

  private Part take(Place first) {
    Part part = Objects.requireNonNull(first.part);
    first.part = null;
    if (part.finished()) {
      places.remove();
    } else {
      first.state = State.LEFT;
    }
    boolean sparse = part.events().eventCount() * (long) SPARSE <= part.segment().eventCount();
    window = sparse && part.finished() ? Math.min(window * 2, Scanners.count() * 2) : 1;
    if (window > 1) {
      seek();
    }
    return part;
  }

  /** Whether all that there was to read has been handed out. */
  boolean isFinished() {
    lock.lock();
    try {
      return isAtEnd() && !walk.isOvertaken();
    } finally {
      lock.unlock();
    }
  }

  private boolean isAtEnd() {
    return walked && places.isEmpty();
  }

  /** Has as many scanners at work as there is work for. */
  private void seek() {
    while (isWorkForMore()) {
      seekers++;
      lane.submit(new Seeker());
    }
  }

  private boolean isWorkForMore() {
    Place first = places.peek();
    boolean isWanted = first != null && first.state == State.WANTED;
    return seekers < Math.min(window, Scanners.count()) && (isWanted || mayWalk());
  }

  private boolean mayWalk() {
    if (walked || places.size() >= MOST_PLACES) {
      return false;
    }
    int held = 0;
    for (Place place : places) {
      held += place.state == State.EMPTY ? 0 : 1;
    }
    return held < window;
  }

  /** Fills one place after the other, until none is to be filled. */
  private final class Seeker implements Scanners.Task {

    private @Nullable Place place;

    @Override
    public boolean run(Slice slice) {
      do {
        Place current = place == null ? begin() : place;
        if (current == null) {
          return true;
        }
        place = fill(current, slice) ? null : current;
      } while (!slice.isOver());
      return false;
    }

    @Override
    public void failed(Throwable thrown) {
      lock.lock();
      try {
        failure = thrown;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The next place that is to be filled; null if there is none: the seeker ends. */
  private @Nullable Place begin() {
    lock.lock();
    try {
      Place first = places.peek();
      if (first != null && first.state == State.WANTED) {
        first.state = State.SEARCHED;
        return first;
      }
      if (mayWalk()) {
        Segment segment = walk.next();
        if (segment != null) {
          Place place = new Place(segment, window == 1);
          places.add(place);
          return place;
        }
        walked = true;
        changed.signalAll();
      }
      seekers--;
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is filled; else the slice is over. */
  private boolean fill(Place place, Slice slice) {
    SegmentSearch search = place.search;
    if (search == null) {
      if (reading.lacks(place.segment)) {
        endEmpty(place, place.segment.eventCount());
        return true;
      }
      search = new SegmentSearch(place.segment, place.dense, reading, unpacked);
      place.search = search;
    }
    Part part = search.step(slice);
    if (part == null) {
      return false;
    }
    if (part.finished() && part.events().eventCount() == 0) {
      part.close();
      endEmpty(place, part.scanned());
      return true;
    }
    place.part = part;
    end(place, State.FILLED);
    return true;
  }

  private void endEmpty(Place place, int scanned) {
    place.scanned = scanned;
    end(place, State.EMPTY);
  }

  private void end(Place place, State state) {
    lock.lock();
    try {
      place.state = state;
      passEmpty();
      Place first = places.peek();
      boolean isAnything = first == null ? walked : first.state == State.FILLED;
      if (isAnything || isWorkForMore()) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what was searched ahead. To be called when no scanner is at it any more. */
  @Override
  public void close() {
    for (Place place : places) {
      if (place.part != null) {
        place.part.close();
      }
      if (place.search != null) {
        place.search.close();
      }
    }
  }
}
