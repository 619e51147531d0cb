package dev.logaggregator.subscription;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import java.util.function.LongPredicate;

/**
 * The part of the log that a consumer reads next, as things stood when it began.
 *
 * @param from exclusive
 * @param limit how many events may be taken from it; there is memory for so many
 * @param done which of them are done with already
 * @param moves see {@link LogCursor#moves}
 * @param generation see {@link AckIds#generation}
 */
record Slice(long from, int limit, LongPredicate done, long moves, int generation) {

  /** Those events of a filter that are not done with. */
  EventFilter of(EventFilter filter) {
    return new NotDone(filter, done);
  }

  private record NotDone(EventFilter filter, LongPredicate done) implements EventFilter {

    @Override
    public boolean matches(EventView event) {
      return !done.test(event.offset()) && filter.matches(event);
    }

    @Override
    public Verdict judge(BlockSummary block) {
      return filter.judge(block) == Verdict.NONE ? Verdict.NONE : Verdict.SOME;
    }
  }
}
