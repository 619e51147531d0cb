package dev.logaggregator.subscription;

import dev.logaggregator.store.Gap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's place in the log. Reads nothing: what was read elsewhere is noted here. Under
 * the subscription's lock.
 */
final class LogCursor {

  private final Backlog backlog;
  private long position;
  private long moves;
  private @Nullable Gap lastGap;
  private @Nullable Gap untoldGap;

  LogCursor(long position) {
    this.position = position;
    backlog = new Backlog(position);
  }

  /** Up to and including this offset, every event was looked at. */
  long position() {
    return position;
  }

  /**
   * How often what is read from the position on has become void. Whoever reads notes it before, and
   * looks again before what was read is made use of.
   */
  long moves() {
    return moves;
  }

  Backlog backlog() {
    return backlog;
  }

  /** Goes on from there. */
  void moveTo(long offset) {
    position = offset;
    reread();
  }

  /** What is being read is not to be delivered. */
  void invalidate() {
    moves++;
  }

  /** Other events are wanted from the position on than before. */
  void reread() {
    moves++;
    backlog.restart(position);
  }

  /** Those events were delivered, and all up to that offset looked at. */
  void advance(List<Outstanding> delivered, long to) {
    for (Outstanding event : delivered) {
      backlog.delivered(event.offset);
    }
    position = Math.max(position, to);
    backlog.passed(position);
  }

  /** Notes what is gone. */
  void missed(Gap gap) {
    lastGap = gap;
    untoldGap = gap;
    // What was counted may be what is gone.
    backlog.restart(position);
  }

  /** What was missed last; null if nothing ever was. */
  @Nullable Gap lastGap() {
    return lastGap;
  }

  /** What was missed since the last call; null if nothing was. */
  @Nullable Gap takeGap() {
    Gap gap = untoldGap;
    untoldGap = null;
    return gap;
  }
}
