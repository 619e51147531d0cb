package dev.logaggregator.filter;

import dev.logaggregator.event.EventFilter.Verdict;
import java.time.Instant;

/**
 * The times from one moment (inclusive) until another (exclusive), to the nanosecond.
 *
 * @param from {@link Instant#MIN} for no bound
 * @param until {@link Instant#MAX} for no bound
 */
record TimeRange(Instant from, Instant until) {

  /** The times that stand in that relation to a moment. */
  static TimeRange of(Comparison comparison, Instant moment) {
    Instant next = moment.plusNanos(1);
    return switch (comparison) {
      case EQUAL -> new TimeRange(moment, next);
      case LESS -> new TimeRange(Instant.MIN, moment);
      case LESS_OR_EQUAL -> new TimeRange(Instant.MIN, next);
      case GREATER -> new TimeRange(next, Instant.MAX);
      case GREATER_OR_EQUAL -> new TimeRange(moment, Instant.MAX);
    };
  }

  boolean contains(long second, int nano) {
    return compare(second, nano, from) >= 0 && compare(second, nano, until) < 0;
  }

  /** What can be said of times of which nothing is known but the seconds they lie within. */
  Verdict judge(long minSecond, long maxSecond) {
    boolean allBefore = maxSecond < from.getEpochSecond();
    boolean allAfter = compare(minSecond, 0, until) >= 0;
    if (allBefore || allAfter) {
      return Verdict.NONE;
    }
    boolean allSince = compare(minSecond, 0, from) >= 0;
    boolean allUntil = maxSecond < until.getEpochSecond();
    return allSince && allUntil ? Verdict.ALL : Verdict.SOME;
  }

  private static int compare(long second, int nano, Instant moment) {
    int seconds = Long.compare(second, moment.getEpochSecond());
    return seconds != 0 ? seconds : Integer.compare(nano, moment.getNano());
  }
}
