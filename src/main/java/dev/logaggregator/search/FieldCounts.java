package dev.logaggregator.search;

import dev.logaggregator.filter.EventFields;
import dev.logaggregator.filter.FieldName;
import dev.logaggregator.filter.RowFields;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which fields events have, in bounded memory: once there are too many, new ones are left out, and
 * once there is no room for more values, no new ones are told apart. One thread at a time.
 */
public final class FieldCounts implements EventCounter, RowFields.Visitor {

  private static final int MOST_FIELDS = 10_000;
  private static final long MOST_BYTES = 1 << 20;

  private final Room room;
  private final TextTable names;
  private final List<FieldFigures> figures = new ArrayList<>();
  private final List<FieldFigures> met = new ArrayList<>();

  /** Of the field that is told of; null if it isn't told apart. */
  private @Nullable FieldFigures current;

  private long events;
  private boolean truncated;

  /**
   * @param room for all that it takes
   */
  FieldCounts(Room room) {
    this.room = room;
    this.names = new TextTable(room, MOST_FIELDS, MOST_BYTES);
  }

  @Override
  public void count(FoundEvents found) {
    for (int row = found.next(0); row >= 0; row = found.next(row + 1)) {
      events++;
    }
    found.readFields(this);
    met.forEach(FieldFigures::countEvents);
    met.clear();
  }

  @Override
  public void field(FieldName name) {
    current =
        figures(
            name.isTooLong() ? TextTable.NONE : names.number(name.bytes(), name.from(), name.to()));
  }

  @Override
  public void value(EventFields.Kind kind, byte[] text, int from, int to) {
    if (current != null) {
      current.add(kind, text, from, to);
    }
  }

  @Override
  public void number(long digits, int behindPoint) {
    if (current != null) {
      current.add(digits, behindPoint);
    }
  }

  @Override
  public boolean isTold(String form, long number) {
    return current == null || current.isKnown(form, number);
  }

  @Override
  public void rows(BitSet rows) {
    if (current != null && current.meet(rows)) {
      met.add(current);
    }
  }

  /** The figures of a field; null if there is no room for them. */
  private @Nullable FieldFigures figures(int number) {
    if (number == figures.size() && room.tryTake(FieldFigures.BYTES)) {
      figures.add(new FieldFigures(room));
    }
    boolean known = number >= 0 && number < figures.size();
    truncated |= !known;
    return known ? figures.get(number) : null;
  }

  @Override
  public boolean isUseless() {
    return false;
  }

  /** All that was counted apart, as one; the parts are not to be used again. */
  static FieldCounts sum(List<FieldCounts> parts) {
    FieldCounts sum = parts.getFirst();
    parts.stream().skip(1).forEach(sum::add);
    return sum;
  }

  private void add(FieldCounts other) {
    events += other.events;
    truncated |= other.truncated;
    for (int theirs = 0; theirs < other.figures.size(); theirs++) {
      FieldFigures field = figures(other.names.numberIn(names, theirs));
      if (field != null) {
        field.merge(other.figures.get(theirs));
      }
    }
  }

  /** How many events were looked at. */
  public long events() {
    return events;
  }

  /** How many fields were told apart. */
  public int size() {
    return figures.size();
  }

  /** Whether there were more fields than could be told apart, or more values of one. */
  public boolean isTruncated() {
    return truncated || figures.stream().anyMatch(FieldFigures::isTruncated);
  }

  /** A field and its figures. */
  public record Field(String name, FieldFigures figures) {}

  /** The fields of the most events, equal ones by name. */
  public List<Field> mostFrequent(int limit) {
    return IntStream.range(0, figures.size())
        .boxed()
        .sorted(
            Comparator.comparingLong((Integer number) -> figures.get(number).events())
                .reversed()
                .thenComparing(names::compare))
        .limit(limit)
        .map(number -> new Field(names.text(number), figures.get(number)))
        .toList();
  }
}
