package dev.logaggregator.store;

import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds the segments that hold little but what their topics have dropped: those with nothing else
 * are taken out of the log, those of which half is gone are written anew. It goes round the log
 * when floors have moved, in steps of bounded size and outside of the store's lock, since the log
 * may have thousands of segments with thousands of topics each. Not thread-safe, but for what says
 * so.
 */
final class DeadSegments {

  /** How many topics of segments a step looks at: some milliseconds. */
  private static final int STEP_TOPICS = 1 << 20;

  /** How many of them are taken out at a time, which is done under the lock: a few hundred µs. */
  private static final int DROP_TOPICS = 1 << 14;

  private static final long AT_END = Long.MAX_VALUE;

  private final TopicLogs topics;
  private final Consumer<List<Segment>> drop;
  private final Predicate<SealedSegment> rewrite;
  private final List<Segment> dead = new ArrayList<>();
  private int deadTopics;
  private long position = AT_END;
  private long movesAtStart;

  /** Whether a segment came to where this may have been already. */
  private volatile boolean changed;

  /**
   * @param drop takes segments out of which nothing is retained
   * @param rewrite has a segment written anew; false when it has no room for one more now
   */
  DeadSegments(TopicLogs topics, Consumer<List<Segment>> drop, Predicate<SealedSegment> rewrite) {
    this.topics = topics;
    this.drop = drop;
    this.rewrite = rewrite;
  }

  /**
   * Has it go round the log once more, since a segment that holds what is gone has taken the place
   * of another. By any thread.
   */
  void lookAgain() {
    changed = true;
  }

  /** Goes on from where the last step ended. */
  void step(LogView log) {
    if (position == AT_END) {
      long moves = topics.floorMoves();
      if (moves == movesAtStart && !changed) {
        return;
      }
      changed = false;
      movesAtStart = moves;
      position = ReadRequest.OLDEST;
    }
    int looked = 0;
    while (looked < STEP_TOPICS) {
      Segment segment = log.segmentAfter(position);
      if (segment == null || segment == log.open()) {
        position = AT_END;
        break;
      }
      looked += segment.topics().count() + 1;
      if (!settle(segment)) {
        break;
      }
      position = segment.lastOffset();
    }
    dropDead();
  }

  /** Whether nothing is left to do for that segment. */
  private boolean settle(Segment segment) {
    int gone = segment.deadEvents();
    if (gone == segment.eventCount()) {
      dead.add(segment);
      deadTopics += segment.topics().count();
      if (deadTopics > DROP_TOPICS) {
        dropDead();
      }
      return true;
    }
    return !(segment instanceof SealedSegment sealed)
        || 2 * gone < sealed.eventCount()
        || rewrite.test(sealed);
  }

  private void dropDead() {
    if (!dead.isEmpty()) {
      drop.accept(List.copyOf(dead));
      dead.clear();
      deadTopics = 0;
    }
  }
}
