package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.EventColumn;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.store.segment.column.ColumnKey.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes, or the payloads, of a row group. */
final class Documents {

  private final RowGroup group;
  private final boolean ofAttributes;
  private int @Nullable [] shapeNumbers;
  private @Nullable List<Shape> shapes;

  /** Of each column, which of its values a row has: negative for none. */
  private final Map<Integer, int[]> indexes = new HashMap<>();

  Documents(RowGroup group, boolean ofAttributes) {
    this.group = group;
    this.ofAttributes = ofAttributes;
  }

  RowGroup group() {
    return group;
  }

  private List<Shape> shapes() {
    if (shapes == null) {
      shapes = group.segment().shapes().of(ofAttributes);
    }
    return shapes;
  }

  private int[] shapeNumbers() {
    if (shapeNumbers == null) {
      long[] numbers = group.envelope().shapes(ofAttributes, shapes().size());
      shapeNumbers = Arrays.stream(numbers).mapToInt(number -> (int) number).toArray();
    }
    return shapeNumbers;
  }

  /** Puts a document together. */
  void append(int row, ByteSink out) {
    Shape shape = shapes().get(shapeNumbers()[row]);
    byte[][] literals = shape.literals();
    int[] columns = shape.columns();
    for (int i = 0; i < columns.length; i++) {
      out.put(literals[i], 0, literals[i].length);
      int column = columns[i];
      int index = indexes(column)[row];
      group.values(column).append(index, out);
    }
    out.put(literals[columns.length], 0, literals[columns.length].length);
  }

  /** Which value of a column each row has; -1 for none. */
  private int[] indexes(int column) {
    int[] known = indexes.get(column);
    if (known == null) {
      known = findIndexes(column);
      indexes.put(column, known);
    }
    return known;
  }

  private int[] findIndexes(int column) {
    boolean[] having = shapesWith(column, false);
    int[] numbers = shapeNumbers();
    int[] found = new int[numbers.length];
    int count = 0;
    for (int row = 0; row < found.length; row++) {
      found[row] = having[numbers[row]] ? count++ : -1;
    }
    Piece piece = group.piece(column);
    if (piece == null || piece.count() != count) {
      throw new DamagedSegmentException("a column has not as many values as there should be");
    }
    return found;
  }

  private boolean[] shapesWith(int column, boolean asObject) {
    List<Shape> all = shapes();
    boolean[] having = new boolean[all.size()];
    for (int i = 0; i < having.length; i++) {
      int[] columns = asObject ? all.get(i).objects() : all.get(i).columns();
      for (int one : columns) {
        having[i] |= one == column;
      }
    }
    return having;
  }

  /** The rows that have a value in a column. */
  int[] rows(int column) {
    return rowsOfShapes(shapesWith(column, false));
  }

  private int[] rowsOfShapes(boolean[] having) {
    int[] numbers = shapeNumbers();
    int[] rows = new int[numbers.length];
    int count = 0;
    for (int row = 0; row < numbers.length; row++) {
      if (having[numbers[row]]) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  /** See {@link EventRows#columns}. */
  List<EventColumn> columns(@Nullable String path) {
    List<EventColumn> found = new ArrayList<>();
    List<ColumnKey> keys = group.segment().header().columns();
    for (int column = 0; column < keys.size(); column++) {
      ColumnKey key = keys.get(column);
      if (key.attribute() == ofAttributes) {
        addIfAsked(key, column, path, found);
      }
    }
    if (path == null) {
      addObjects(wholeObjects(), found);
    }
    return found;
  }

  private void addIfAsked(
      ColumnKey key, int column, @Nullable String path, List<EventColumn> found) {
    String name = key.name();
    boolean same = path == null ? name == null : path.equals(name);
    if (same && key.kind() == Kind.OBJECT) {
      addObjects(shapesWith(column, true), found);
    } else if (same && group.piece(column) != null) {
      found.add(new PieceColumn(this, column, key.kind() == Kind.NESTED, null));
    } else if (path != null
        && key.kind() == Kind.NESTED
        && (name == null || path.startsWith(name + '.'))
        && group.piece(column) != null) {
      String rest = name == null ? path : path.substring(name.length() + 1);
      found.add(new PieceColumn(this, column, true, rest));
    }
  }

  private boolean[] wholeObjects() {
    List<Shape> all = shapes();
    boolean[] objects = new boolean[all.size()];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = all.get(i).isObject();
    }
    return objects;
  }

  private void addObjects(boolean[] having, List<EventColumn> found) {
    int[] rows = rowsOfShapes(having);
    if (rows.length > 0) {
      found.add(new ObjectColumn(rows));
    }
  }

  /** Each row's literals, with gaps for the values. */
  TextValues frames() {
    ByteSink text = new ByteSink(1024);
    List<Shape> all = shapes();
    int[] starts = new int[all.size() + 1];
    byte[] gap = new byte[EventRows.GAP_BYTES];
    Arrays.fill(gap, EventRows.GAP);
    for (int i = 0; i < all.size(); i++) {
      byte[][] literals = all.get(i).literals();
      for (int j = 0; j < literals.length; j++) {
        text.put(gap, 0, j == 0 ? 0 : gap.length);
        text.put(literals[j], 0, literals[j].length);
      }
      starts[i + 1] = text.size();
    }
    return new TextValues(text.toByteArray(), starts, 0, shapeNumbers());
  }
}
