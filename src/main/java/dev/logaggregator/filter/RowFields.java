package dev.logaggregator.filter;

import dev.logaggregator.event.EventColumn;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import dev.logaggregator.filter.EventFields.Kind;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads all values of events that lie in columns, with the same names as {@link EventFields}. A
 * value that many events share may be told once. One thread at a time.
 */
public final class RowFields {

  /** Takes values, field after field; a field may come several times. */
  public interface Visitor {

    /** What is told next is of that field, whose name is known until this returns. */
    void field(FieldName name);

    /** Some events have this value, given as UTF-8 until this returns. */
    void value(Kind kind, byte[] text, int from, int to);

    /**
     * Some events have a number as value that is spelled as the digits of this one, with so many of
     * them behind a point.
     */
    void number(long digits, int behindPoint);

    /**
     * Whether a value was told before that has this form and this number, see {@link
     * EventColumn.Digits}; it is told now if it wasn't.
     */
    boolean isTold(String form, long number);

    /** These events have one of the values that were told, or several; not to be changed. */
    void rows(BitSet rows);
  }

  private final FieldName inPayload = new FieldName("payload");
  private final FieldName inAttributes = new FieldName("attributes");
  private final EventFields eventFields = new EventFields();

  /** Hands over the values that some rows have. */
  public void read(EventRows rows, BitSet selected, Visitor visitor) {
    for (EventColumn column : rows.columns(false)) {
      if (column.isNested()) {
        readNested(column, selected, visitor);
      } else {
        read(column, selected, inPayload, false, visitor);
      }
    }
    for (EventColumn column : rows.columns(true)) {
      if (column.isNested()) {
        readAttributes(rows, column, selected, visitor);
      } else {
        readAttribute(rows, column, selected, visitor);
      }
    }
  }

  /** What the payload has as well is another field than what only the attributes have. */
  private void readAttribute(EventRows rows, EventColumn column, BitSet selected, Visitor visitor) {
    moveTo(column.name(), inAttributes);
    if (inAttributes.isTooLong()) {
      read(column, selected, inAttributes, false, visitor);
      return;
    }
    BitSet hidden = FieldLookup.inPayload(inAttributes.path()).rows(rows, selected);
    BitSet others = (BitSet) selected.clone();
    others.andNot(hidden);
    read(column, others, inAttributes, false, visitor);
    read(column, hidden, inAttributes, true, visitor);
  }

  private static void moveTo(@Nullable String path, FieldName name) {
    if (path == null) {
      name.clear();
    } else {
      name.set(path);
    }
  }

  private static void read(
      EventColumn column, BitSet selected, FieldName name, boolean hidden, Visitor visitor) {
    EventColumn.Digits digits = column.digits();
    boolean all = column.rows() == null && selected.cardinality() == column.size();
    BitSet codes = digits == null ? codesOfValues(column) : RowSelection.all(column.codes());
    BitSet having = selected;
    if (!all || codes.cardinality() < column.codes()) {
      BitSet used = new BitSet();
      having = find(column, selected, codes, used);
      codes = used;
    }
    if (having.isEmpty()) {
      return;
    }
    moveTo(column.name(), name);
    name.qualify(hidden);
    visitor.field(name);
    if (digits != null && column.numbers() != null) {
      codes.stream().forEach(code -> visitor.number(digits.numbers()[code], digits.behindPoint()));
    } else {
      tell(column, codes, digits, visitor);
    }
    visitor.rows(having);
  }

  /** The codes of those that are not {@code null}. */
  private static BitSet codesOfValues(EventColumn column) {
    byte[] json = column.bytes();
    return RowSelection.where(
            RowSelection.all(column.codes()), code -> json[column.start(code)] != 'n')
        .possible();
  }

  private static void tell(
      EventColumn column, BitSet codes, EventColumn.@Nullable Digits digits, Visitor visitor) {
    Kind[] kind = new Kind[1];
    ValueTest tell =
        ValueTest.ofText(
            (text, from, to) -> {
              visitor.value(kind[0], text, from, to);
              return true;
            });
    for (int code = codes.nextSetBit(0); code >= 0; code = codes.nextSetBit(code + 1)) {
      if (digits == null || !visitor.isTold(digits.form(), digits.numbers()[code])) {
        int start = column.start(code);
        kind[0] = Kind.of(column.bytes()[start]);
        tell.test(column.bytes(), start, column.end(code));
      }
    }
  }

  /** The rows that have a value with one of the codes; notes which codes they have. */
  private static BitSet find(EventColumn column, BitSet selected, BitSet codes, BitSet used) {
    BitSet having = new BitSet();
    int size = column.size();
    for (int i = 0; i < size; i++) {
      int row = column.row(i);
      int code = column.code(i);
      if (selected.get(row) && codes.get(code)) {
        having.set(row);
        used.set(code);
      }
    }
    return having;
  }

  private void readNested(EventColumn column, BitSet selected, Visitor visitor) {
    OneRow one = new OneRow(visitor);
    FieldWalk walk = new FieldWalk(column.bytes(), one, inPayload);
    moveTo(column.name(), inPayload);
    for (int i = 0; i < column.size(); i++) {
      if (selected.get(column.row(i))) {
        one.moveTo(column.row(i));
        walk.value(column.start(column.code(i)), column.end(column.code(i)));
      }
    }
  }

  /** Those that lie as a whole are rare. */
  private void readAttributes(
      EventRows rows, EventColumn column, BitSet selected, Visitor visitor) {
    OneRow one = new OneRow(visitor);
    EventView event = new EventView();
    for (int i = 0; i < column.size(); i++) {
      int row = column.row(i);
      if (selected.get(row)) {
        one.moveTo(row);
        rows.show(row, event);
        eventFields.readAttributes(event, one);
      }
    }
  }

  /** Hands on the values of a single event. */
  private static final class OneRow implements EventFields.Visitor {

    private final Visitor visitor;
    private final BitSet row = new BitSet();

    OneRow(Visitor visitor) {
      this.visitor = visitor;
    }

    void moveTo(int number) {
      row.clear();
      row.set(number);
    }

    @Override
    public void value(FieldName name, Kind kind, byte[] text, int from, int to) {
      visitor.field(name);
      visitor.value(kind, text, from, to);
      visitor.rows(row);
    }
  }

  /** The same of a single event, which is the row 0. */
  public void read(EventView event, Visitor visitor) {
    OneRow one = new OneRow(visitor);
    one.moveTo(0);
    eventFields.read(event, one);
  }
}
