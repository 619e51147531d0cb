package dev.logaggregator.search;

import dev.logaggregator.filter.FieldReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values by which a histogram is divided, each with a number of its own. One thread at a time.
 */
final class Series {

  /** What events without a value are counted under. */
  static final int NONE = 0;

  /** What values that are not told apart are counted under. */
  static final int OTHER = 1;

  /** The number of the first value. */
  static final int FIRST = 2;

  /** How many values a chart can show apart. */
  static final int MOST = 50;

  /** How long a value may be that is a name in every bucket, in bytes; longer ones are others. */
  static final int LONGEST = 256;

  private final @Nullable FieldReader by;
  private final TextTable values;
  private final boolean open;
  private boolean crowded;

  private Series(@Nullable FieldReader by, Room room, boolean open) {
    this.by = by;
    this.values = new TextTable(room, MOST, (long) MOST * LONGEST);
    this.open = open;
  }

  /** Without division. */
  static Series undivided(Room room) {
    return new Series(null, room, false);
  }

  /** Those values that come, as long as they are not too many. */
  static Series of(FieldReader by, Room room) {
    return new Series(by, room, true);
  }

  /** Those values; all others are {@link #OTHER}. */
  static Series ofChosen(FieldReader by, List<String> chosen, Room room) {
    Series series = new Series(by, room, false);
    chosen.forEach(series.values::number);
    return series;
  }

  /** The field whose values they are; null if there is no division. */
  @Nullable FieldReader by() {
    return by;
  }

  /** The number of a value. */
  int number(byte[] text, int from, int to) {
    if (to - from > LONGEST) {
      return OTHER;
    }
    int number = open ? values.number(text, from, to) : values.find(text, from, to);
    crowded |= open && number < 0;
    return number < 0 ? OTHER : FIRST + number;
  }

  /** Whether there came more values than can be told apart, so that the numbers mean nothing. */
  boolean isCrowded() {
    return crowded;
  }

  /** How many numbers there are. */
  int size() {
    return FIRST + values.size();
  }

  /** The value with a number, from {@link #FIRST} on. */
  String name(int number) {
    return values.text(number - FIRST);
  }
}
