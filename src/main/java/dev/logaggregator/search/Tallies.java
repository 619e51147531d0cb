package dev.logaggregator.search;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Tallies by number, as far as there is room: one that would have to grow beyond it is given up,
 * and has no value. One thread at a time.
 */
final class Tallies {

  private final Function function;
  private final Room room;
  private @Nullable Tally[] tallies = new Tally[2];
  private final BitSet givenUp = new BitSet();

  Tallies(Function function, Room room) {
    this.function = function;
    this.room = room;
  }

  void add(int number, long operand) {
    if (givenUp.get(number)) {
      return;
    }
    Tally tally = get(number);
    int before = 0;
    if (tally == null) {
      tally = function.tally();
      set(number, tally);
    } else {
      before = tally.sizeBytes();
    }
    tally.add(operand);
    grown(number, tally.sizeBytes() - before);
  }

  /** Adds what others have for a number, which are not to be used again. */
  void merge(int number, Tallies others, int theirNumber) {
    Tally theirs = others.get(theirNumber);
    Tally tally = get(number);
    if (givenUp.get(number) || others.givenUp.get(theirNumber)) {
      giveUp(number);
    } else if (tally == null) {
      set(number, theirs);
    } else if (theirs != null) {
      int before = tally.sizeBytes();
      tally.merge(theirs);
      grown(number, tally.sizeBytes() - before);
    }
  }

  /** Sketches shrink as well, each time that they are full. */
  private void grown(int number, int bytes) {
    if (bytes < 0) {
      room.giveBack(-bytes);
    } else if (bytes > 0 && !room.tryTake(bytes)) {
      giveUp(number);
    }
  }

  private void giveUp(int number) {
    set(number, null);
    givenUp.set(number);
  }

  private @Nullable Tally get(int number) {
    return number < tallies.length ? tallies[number] : null;
  }

  private void set(int number, @Nullable Tally tally) {
    if (number >= tallies.length) {
      tallies = Arrays.copyOf(tallies, Math.max(number + 1, 2 * tallies.length));
    }
    tallies[number] = tally;
  }

  /** What the function makes of a number's tally. */
  Figure figure(int number) {
    Tally tally = get(number);
    return tally == null ? Figure.NONE : new Figure(tally.value(), tally.isApproximate());
  }

  /** Whether one was given up. */
  boolean isTruncated() {
    return !givenUp.isEmpty();
  }
}
