package dev.logaggregator.filter;

import dev.logaggregator.event.EventColumn;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a field are that is not the envelope's.
 *
 * @param name the dotted path; empty for the payload or the attributes as a whole
 * @param scope where it leads from
 * @param path the same, ready to be followed
 */
record FieldLookup(String name, Scope scope, JsonPath path) {

  /** Where to look. */
  enum Scope {
    PAYLOAD,
    ATTRIBUTES,
    /** In the payload, and in the attributes if the payload doesn't have the field. */
    PAYLOAD_THEN_ATTRIBUTES
  }

  private static final String PAYLOAD = "payload";
  private static final String ATTRIBUTES = "attributes";

  private static final ValueTest ANY_VALUE = (json, from, to) -> true;

  /** What a field may mean: {@code payload.x} is said of an event, and of a payload within. */
  static List<FieldLookup> of(String field) {
    FieldLookup plain = new FieldLookup(field, Scope.PAYLOAD_THEN_ATTRIBUTES, JsonPath.of(field));
    if (field.equals(PAYLOAD) || field.startsWith(PAYLOAD + ".")) {
      return List.of(within(Scope.PAYLOAD, field.substring(PAYLOAD.length())), plain);
    }
    if (field.equals(ATTRIBUTES) || field.startsWith(ATTRIBUTES + ".")) {
      return List.of(within(Scope.ATTRIBUTES, field.substring(ATTRIBUTES.length())), plain);
    }
    return List.of(plain);
  }

  /** A path that leads into the payload only. */
  static FieldLookup inPayload(String path) {
    return new FieldLookup(path, Scope.PAYLOAD, JsonPath.of(path));
  }

  private static FieldLookup within(Scope scope, String rest) {
    return rest.isEmpty()
        ? new FieldLookup("", scope, JsonPath.root())
        : new FieldLookup(rest.substring(1), scope, JsonPath.of(rest.substring(1)));
  }

  /** Whether one of the field's values passes the test. */
  boolean any(EventView event, ValueTest test) {
    return switch (scope) {
      case PAYLOAD -> anyInPayload(event, test);
      case ATTRIBUTES -> anyInAttributes(event, test);
      case PAYLOAD_THEN_ATTRIBUTES ->
          anyInPayload(event, test)
              || (anyInAttributes(event, test) && !anyInPayload(event, ANY_VALUE));
    };
  }

  /** Shows each of the field's values to the test, as long as it doesn't pass. */
  void each(EventView event, ValueTest test) {
    boolean[] met = {false};
    if (scope != Scope.ATTRIBUTES) {
      anyInPayload(
          event,
          (json, from, to) -> {
            met[0] = true;
            return test.test(json, from, to);
          });
    }
    if (scope == Scope.ATTRIBUTES || (scope == Scope.PAYLOAD_THEN_ATTRIBUTES && !met[0])) {
      anyInAttributes(event, test);
    }
  }

  /** Finds rows by a column that has the field. */
  @FunctionalInterface
  interface ColumnTest {

    /** Adds those of the asked rows of which a value in the column passes. */
    void find(EventColumn column, BitSet asked, BitSet found);
  }

  /** The rows of which one of the field's values passes the test. */
  BitSet find(EventRows rows, BitSet asked, ColumnTest test) {
    BitSet found = new BitSet();
    if (scope != Scope.ATTRIBUTES) {
      find(rows.columns(false, columnPath()), asked, found, test);
    }
    if (scope == Scope.PAYLOAD) {
      return found;
    }
    List<EventColumn> attributes = rows.columns(true, columnPath());
    if (attributes.isEmpty()) {
      return found;
    }
    BitSet inAttributes = new BitSet();
    find(attributes, asked, inAttributes, test);
    if (scope == Scope.PAYLOAD_THEN_ATTRIBUTES && !inAttributes.isEmpty()) {
      BitSet inPayload = new BitSet();
      find(rows.columns(false, columnPath()), asked, inPayload, FieldLookup::findAny);
      inAttributes.andNot(inPayload);
    }
    found.or(inAttributes);
    return found;
  }

  /** The rows that have the field. */
  BitSet rows(EventRows rows, BitSet asked) {
    return find(rows, asked, FieldLookup::findAny);
  }

  private static void find(List<EventColumn> columns, BitSet asked, BitSet found, ColumnTest test) {
    for (EventColumn column : columns) {
      test.find(column, asked, found);
    }
  }

  private static void findAny(EventColumn column, BitSet asked, BitSet found) {
    if (column.isNested()) {
      findNested(column, asked, found, ANY_VALUE);
    } else {
      ColumnSearch.findAny(column, asked, found);
    }
  }

  /** Adds the rows that have a value which passes within a nested one. */
  static void findNested(EventColumn column, BitSet asked, BitSet found, ValueTest test) {
    JsonPath inner = inner(column);
    ColumnSearch.find(column, asked, found, (json, from, to) -> inner.any(json, from, to, test));
  }

  /** The way from a nested value to those that were asked for. */
  static JsonPath inner(EventColumn column) {
    String rest = column.rest();
    return rest == null ? JsonPath.root() : JsonPath.of(rest);
  }

  /** Shows the columns that have the field, each with the rows for which it is to be read. */
  void read(EventRows rows, BitSet selected, BiConsumer<EventColumn, BitSet> reader) {
    List<EventColumn> payload = rows.columns(false, columnPath());
    if (scope != Scope.ATTRIBUTES) {
      payload.forEach(column -> reader.accept(column, selected));
    }
    List<EventColumn> attributes =
        scope == Scope.PAYLOAD ? List.of() : rows.columns(true, columnPath());
    if (attributes.isEmpty()) {
      return;
    }
    BitSet without = (BitSet) selected.clone();
    if (scope == Scope.PAYLOAD_THEN_ATTRIBUTES) {
      BitSet inPayload = new BitSet();
      find(payload, selected, inPayload, FieldLookup::findAny);
      without.andNot(inPayload);
    }
    attributes.forEach(column -> reader.accept(column, without));
  }

  private @Nullable String columnPath() {
    return path.isRoot() ? null : name;
  }

  private boolean anyInPayload(EventView event, ValueTest test) {
    return path.any(event.bytes(), event.payloadStart(), event.payloadEnd(), test);
  }

  private boolean anyInAttributes(EventView event, ValueTest test) {
    return path.any(event.bytes(), event.attributesStart(), event.attributesEnd(), test);
  }

  /** By what it means. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FieldLookup that && name.equals(that.name) && scope == that.scope;
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + scope.hashCode();
  }
}
