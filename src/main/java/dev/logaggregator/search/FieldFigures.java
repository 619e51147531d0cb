package dev.logaggregator.search;

import dev.logaggregator.filter.EventFields;
import dev.logaggregator.filter.ValueTarget;
import java.util.BitSet;
import java.util.Locale;

/** What is known of the values of one field. One thread at a time. */
public final class FieldFigures {

  /** Of one with few values, and of the rows of a group that have it. */
  static final int BYTES = 384 + 512;

  private final Room room;
  private final DistinctTally distinct = new DistinctTally();
  private final KnownNumbers told;
  private final BitSet rows = new BitSet();
  private long events;
  private int kinds;
  private double min = Double.NaN;
  private double max = Double.NaN;
  private boolean truncated;

  /**
   * @param room for what it takes beyond {@link #BYTES}
   */
  FieldFigures(Room room) {
    this.room = room;
    this.told = new KnownNumbers(room);
  }

  /**
   * Adds events that have the field, of those that are looked at together.
   *
   * @return whether they are the first of those
   */
  boolean meet(BitSet having) {
    boolean first = rows.isEmpty();
    rows.or(having);
    return first;
  }

  /** Counts those that were added; others are looked at next. */
  void countEvents() {
    events += rows.cardinality();
    rows.clear();
  }

  /** Adds a value. */
  void add(EventFields.Kind kind, byte[] text, int from, int to) {
    kinds |= 1 << kind.ordinal();
    number(NumberText.parse(text, from, to));
    addDistinct(Function.hash(text, from, to));
  }

  /** Adds a number, as it is spelled. */
  void add(long digits, int behindPoint) {
    kinds |= 1 << EventFields.Kind.NUMBER.ordinal();
    number(NumberText.number(digits, behindPoint));
    addDistinct(Function.hash(digits, behindPoint));
  }

  /** Whether a value of that form was here before; if not, it is known from now on. */
  boolean isKnown(String form, long number) {
    if (told.find(form, number) != ValueTarget.NOT_TOLD) {
      return true;
    }
    told.put(form, number, 0);
    return false;
  }

  private void addDistinct(long hash) {
    if (!truncated) {
      int before = distinct.sizeBytes();
      distinct.add(hash);
      grown(distinct.sizeBytes() - before);
    }
  }

  private void number(double number) {
    if (!Double.isNaN(number)) {
      min = Double.isNaN(min) ? number : Math.min(min, number);
      max = Double.isNaN(max) ? number : Math.max(max, number);
    }
  }

  private void grown(int bytes) {
    truncated = bytes > 0 && !room.tryTake(bytes);
  }

  /** Adds those of other events. */
  void merge(FieldFigures other) {
    events += other.events;
    kinds |= other.kinds;
    number(other.min);
    number(other.max);
    truncated |= other.truncated;
    if (!truncated) {
      int before = distinct.sizeBytes();
      distinct.merge(other.distinct);
      grown(distinct.sizeBytes() - before);
    }
  }

  /** How many events have the field. */
  public long events() {
    return events;
  }

  /** As what its values are written: {@code text}, {@code number}, {@code boolean}, or mixed. */
  public String kind() {
    for (EventFields.Kind kind : EventFields.Kind.values()) {
      if (kinds == 1 << kind.ordinal()) {
        return kind.name().toLowerCase(Locale.ROOT);
      }
    }
    return "mixed";
  }

  /** How many different values there are. */
  public Figure distinct() {
    return new Figure(distinct.value(), distinct.isApproximate() || truncated);
  }

  /** Whether there was no room to tell all values apart: there are more than are told. */
  boolean isTruncated() {
    return truncated;
  }

  private Figure bound(double number) {
    return kinds == 1 << EventFields.Kind.TEXT.ordinal()
        ? Figure.NONE
        : new Figure(number, NumberText.isBound(number));
  }

  /** The least of its numbers, unless all its values are text. */
  public Figure min() {
    return bound(min);
  }

  /** The largest of its numbers, unless all its values are text. */
  public Figure max() {
    return bound(max);
  }
}
