package dev.logaggregator.subscription;

import dev.logaggregator.subscription.Outstanding.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The events that a subscription has come to and that are not done with, and what each waits for.
 * All that a subscription remembers of single events: what isn't here and lies behind its position
 * is done with. Not for more than one thread.
 */
final class InFlightTable {

  private final TreeSet<Outstanding> events = new TreeSet<>(Outstanding.BY_OFFSET);
  private final TreeSet<Outstanding> timers = new TreeSet<>(Outstanding.BY_TIME);
  private final TreeSet<Outstanding> ready = new TreeSet<>(Outstanding.BY_OFFSET);
  private final int[] counts = new int[State.values().length];

  /** How many there are. */
  int size() {
    return events.size();
  }

  /** How many are in that state. */
  int count(State state) {
    return counts[state.ordinal()];
  }

  @Nullable Outstanding get(long offset) {
    Outstanding event = events.floor(at(offset));
    return event == null || event.offset != offset ? null : event;
  }

  /** The event of a delivery, if that is its latest one and it is in flight; else null. */
  @Nullable Outstanding inFlight(long offset, int delivery) {
    Outstanding event = get(offset);
    return event == null || event.state != State.IN_FLIGHT || event.deliveries != delivery
        ? null
        : event;
  }

  /** As {@link #inFlight(long, int)}; null too if the id isn't valid. */
  @Nullable Outstanding inFlight(AckIds.Named named, AckIds ackIds) {
    return ackIds.isValid(named) ? inFlight(named.offset(), named.delivery()) : null;
  }

  /** Stands for an offset in comparisons. */
  private static Outstanding at(long offset) {
    return new Outstanding(offset, -1);
  }

  /** The oldest one; null if there is none. */
  @Nullable Outstanding oldest() {
    return events.isEmpty() ? null : events.first();
  }

  /** The next one to deliver; null if none is ready. */
  @Nullable Outstanding firstReady() {
    return ready.isEmpty() ? null : ready.first();
  }

  /** When the next deadline or pause ends; {@link Long#MAX_VALUE} if none does. */
  long nextTimerMillis() {
    return timers.isEmpty() ? Long.MAX_VALUE : timers.first().timeMillis;
  }

  /** Puts in an event that is new, or to be delivered anew; it is ready. */
  void add(Outstanding event) {
    remove(event.offset);
    events.add(event);
    arrive(event);
  }

  /** It was delivered once more. */
  void deliver(Outstanding event, long deadlineMillis) {
    event.deliveries++;
    enter(event, State.IN_FLIGHT, deadlineMillis);
  }

  /** It was not delivered after all, and is ready. */
  void takeBack(Outstanding event) {
    event.deliveries--;
    enter(event, State.READY, event.timeMillis);
  }

  /** It is to be delivered again at that time. */
  void pause(Outstanding event, long untilMillis) {
    enter(event, State.PAUSED, untilMillis);
  }

  /** It is to be acknowledged by that time. */
  void extend(Outstanding event, long deadlineMillis) {
    enter(event, State.IN_FLIGHT, deadlineMillis);
  }

  /** That it is done with is being recorded. */
  void settle(Outstanding event) {
    enter(event, State.SETTLING, event.timeMillis);
  }

  /** Takes it out. */
  void remove(long offset) {
    Outstanding event = get(offset);
    if (event != null) {
      events.remove(event);
      leave(event);
    }
  }

  void clear() {
    events.clear();
    timers.clear();
    ready.clear();
    Arrays.fill(counts, 0);
  }

  /**
   * Lets time pass: deadlines and pauses that have ended.
   *
   * @param most of them; the others are left for the next call
   * @return those that have had all their deliveries; they are settling now
   */
  List<Outstanding> advance(long nowMillis, Backoff backoff, int maxDeliveries, int most) {
    List<Outstanding> exhausted = new ArrayList<>();
    for (int ended = 0; ended < most && nextTimerMillis() <= nowMillis; ended++) {
      Outstanding event = timers.first();
      if (event.state == State.PAUSED) {
        enter(event, State.READY, event.timeMillis);
      } else if (event.deliveries >= maxDeliveries) {
        settle(event);
        exhausted.add(event);
      } else {
        // From the deadline on, not from when somebody looked.
        pause(event, event.timeMillis + backoff.after(event.deliveries).toMillis());
      }
    }
    return exhausted;
  }

  /**
   * The range around an event of which nothing else is here: all of it is done with when the event
   * is.
   *
   * @param floor up to where everything is done with
   * @param position up to where the subscription has come
   */
  OffsetRange rangeAround(long offset, long floor, long position) {
    Outstanding here = at(offset);
    Outstanding lower = events.lower(here);
    Outstanding higher = events.higher(here);
    return new OffsetRange(
        lower == null ? Math.min(offset, floor + 1) : lower.offset + 1,
        higher == null ? Math.max(offset, position) : higher.offset - 1);
  }

  private void enter(Outstanding event, State state, long timeMillis) {
    leave(event);
    event.state = state;
    event.timeMillis = timeMillis;
    arrive(event);
  }

  private void arrive(Outstanding event) {
    counts[event.state.ordinal()]++;
    switch (event.state) {
      case IN_FLIGHT, PAUSED -> timers.add(event);
      case READY -> ready.add(event);
      case SETTLING -> {}
    }
  }

  private void leave(Outstanding event) {
    counts[event.state.ordinal()]--;
    switch (event.state) {
      case IN_FLIGHT, PAUSED -> timers.remove(event);
      case READY -> ready.remove(event);
      case SETTLING -> {}
    }
  }
}
