package dev.logaggregator.store.segment.column;

import java.util.ArrayList;
import java.util.List;

/** The shapes of a segment's attributes and payloads, as a piece of its content. */
record ShapeTable(List<Shape> attributes, List<Shape> payloads) {

  private static final int MOST_SHAPES = 1 << 16;

  List<Shape> of(boolean ofAttributes) {
    return ofAttributes ? attributes : payloads;
  }

  /** Writes them; returns how many bytes they are before compression. */
  int write(Compression compression, ByteSink out) {
    ByteSink plain = new ByteSink(4096);
    write(attributes, plain);
    write(payloads, plain);
    compression.pack(plain.bytes(), 0, plain.size(), out);
    return plain.size();
  }

  private static void write(List<Shape> shapes, ByteSink out) {
    out.putVarint(shapes.size());
    for (Shape shape : shapes) {
      out.putByte(shape.isObject() ? 1 : 0);
      putColumns(shape.columns(), out);
      for (byte[] literal : shape.literals()) {
        out.putSized(literal, 0, literal.length);
      }
      putColumns(shape.objects(), out);
    }
  }

  private static void putColumns(int[] columns, ByteSink out) {
    out.putVarint(columns.length);
    for (int column : columns) {
      out.putVarint(column);
    }
  }

  static ShapeTable read(ByteSource source, int columns) {
    byte[] plain = Compression.unpack(source);
    source.expectEnd();
    ByteSource in = new ByteSource(plain, 0, plain.length, 0);
    ShapeTable table = new ShapeTable(readShapes(in, columns), readShapes(in, columns));
    in.expectEnd();
    return table;
  }

  private static List<Shape> readShapes(ByteSource in, int columns) {
    int count = in.getCount(Math.min(MOST_SHAPES, in.remaining()));
    List<Shape> shapes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      shapes.add(readShape(in, columns));
    }
    return shapes;
  }

  private static Shape readShape(ByteSource in, int columns) {
    boolean isObject = in.getByte() == 1;
    int[] own = getColumns(in, columns);
    byte[][] literals = new byte[own.length + 1][];
    for (int i = 0; i < literals.length; i++) {
      literals[i] = in.getSized(in.remaining());
    }
    return new Shape(literals, own, getColumns(in, columns), isObject);
  }

  private static int[] getColumns(ByteSource in, int columns) {
    int[] read = new int[in.getCount(in.remaining())];
    for (int i = 0; i < read.length; i++) {
      read[i] = in.getCount(columns - 1);
    }
    return read;
  }
}
