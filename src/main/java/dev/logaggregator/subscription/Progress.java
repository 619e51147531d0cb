package dev.logaggregator.subscription;

import java.util.List;
import java.util.TreeSet;

/**
 * How far a subscription has come: what is done with, what was given up, and what of that was sent
 * again. Changed by records alone, in the journal's order, so that it outlives the process. Under
 * the subscription's lock.
 */
final class Progress {

  private final OffsetRanges done;
  private final LogCursor cursor;
  private final InFlightTable table;
  private final DeadLetters deadLetters;

  /** Dead letters that were sent again and aren't done with: not more than there may be letters. */
  private final TreeSet<Long> replaying = new TreeSet<>();

  private long acked;
  private long deadLettered;

  /**
   * @param table of the events under way, which follows
   */
  Progress(OffsetRanges done, LogCursor cursor, InFlightTable table, DeadLetters deadLetters) {
    this.done = done;
    this.cursor = cursor;
    this.table = table;
    this.deadLetters = deadLetters;
  }

  /** Events were acknowledged; see {@link SubscriptionRecord.Done}. */
  void acknowledge(List<Long> offsets, List<OffsetRange> ranges) {
    acked += offsets.size();
    for (int i = 0; i < offsets.size(); i++) {
      finish(offsets.get(i), ranges.get(i));
    }
  }

  /** An event went to the dead letters; see {@link SubscriptionRecord.Buried}. */
  void bury(DeadLetter letter, OffsetRange range, int keep) {
    deadLettered++;
    finish(letter.offset(), range);
    deadLetters.put(letter);
    deadLetters.keep(keep);
  }

  private void finish(long offset, OffsetRange range) {
    replaying.remove(offset);
    done.add(range.from(), range.to());
    for (long other : List.copyOf(replaying.subSet(range.from(), true, range.to(), true))) {
      done.remove(other);
    }
    table.remove(offset);
    if (cursor.position() < done.floor()) {
      cursor.moveTo(done.floor());
    }
  }

  /** Dead letters are to be delivered anew. */
  void replay(List<Long> offsets) {
    for (long offset : offsets) {
      if (deadLetters.remove(offset) != null) {
        done.remove(offset);
        replaying.add(offset);
        if (offset <= cursor.position()) {
          table.add(new Outstanding(offset, -1));
        } else {
          // It is come to, as what is new; who has just passed it over looks again.
          cursor.reread();
        }
      }
    }
  }

  /** Goes on after that offset, as if all up to there were done with and nothing beyond. */
  void moveTo(long offset) {
    replaying.clear();
    done.reset(offset);
    cursor.moveTo(offset);
  }

  /** Holds nothing any more, as the subscription is gone. */
  void close() {
    cursor.reread();
    replaying.clear();
    deadLetters.clear();
  }

  DeadLetters deadLetters() {
    return deadLetters;
  }

  /** How many events were acknowledged. */
  long acked() {
    return acked;
  }

  /** How many events went to the dead letters. */
  long deadLettered() {
    return deadLettered;
  }

  /** Up to and including this offset, all is done with. */
  long reached() {
    return Math.max(done.floor(), table.size() == 0 ? cursor.position() : -1);
  }
}
