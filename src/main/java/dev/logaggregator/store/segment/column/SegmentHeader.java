package dev.logaggregator.store.segment.column;

import dev.logaggregator.store.segment.column.ColumnKey.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is needed to skip a segment or a part of it, and to find its columns.
 *
 * @param topicCount how many topics it has events of; they are numbered in its own order
 * @param columns what is in each column, those of the envelope not counted
 * @param shapes where the shapes lie, from the beginning of the content
 * @param groups the row groups, in the order of the content
 */
public record SegmentHeader(
    int topicCount,
    List<ColumnKey> columns,
    Piece shapes,
    int shapeBytes,
    List<GroupHeader> groups) {

  private static final int VERSION = 1;
  private static final int MOST_COLUMNS = 1 << 16;
  private static final int CHECKSUM_BYTES = Long.BYTES;

  /** The columns that every segment has; those of the payload and of attributes follow. */
  static final int OFFSET = 0;

  static final int TOPIC = 1;
  static final int LEVEL = 2;
  static final int TIMESTAMP = 3;
  static final int RECEIVED = 4;
  static final int ID = 5;
  static final int SOURCE = 6;
  static final int ATTRIBUTES = 7;
  static final int PAYLOAD = 8;
  static final int ENVELOPE_COLUMNS = 9;

  /** How many columns there are beside those of the envelope. */
  int columnsOfDocuments() {
    return columns.size();
  }

  /** Memory that it takes, in bytes. */
  public long sizeBytes() {
    long size = 128 + 40L * columns.size();
    for (GroupHeader group : groups) {
      size += group.sizeBytes();
    }
    return size;
  }

  /** The header as bytes, with a checksum. */
  public byte[] toByteArray() {
    ByteSink out = new ByteSink(4096);
    out.putByte(VERSION);
    out.putVarint(topicCount);
    out.putVarint(columns.size());
    for (ColumnKey key : columns) {
      writeKey(key, out);
    }
    shapes.write(out);
    out.putVarint(shapeBytes);
    out.putVarint(groups.size());
    for (GroupHeader group : groups) {
      group.write(out);
    }
    out.putLong(Piece.checksum(out.bytes(), 0, out.size()));
    return out.toByteArray();
  }

  private static void writeKey(ColumnKey key, ByteSink out) {
    out.putByte(
        (key.attribute() ? 1 : 0) | (key.name() == null ? 2 : 0) | key.kind().ordinal() << 2);
    byte[] name = key.name() == null ? new byte[0] : key.name().getBytes(StandardCharsets.UTF_8);
    out.putSized(name, 0, name.length);
    out.putVarint(key.occurrence());
  }

  /**
   * Reads a header.
   *
   * @throws DamagedSegmentException when these bytes are none
   */
  public static SegmentHeader read(byte[] bytes) {
    int end = bytes.length - CHECKSUM_BYTES;
    ByteSource sum = new ByteSource(bytes, Math.max(0, end), bytes.length, 0);
    if (end < 0 || sum.getLong() != Piece.checksum(bytes, 0, end)) {
      throw new DamagedSegmentException("the header is not what was written");
    }
    ByteSource in = new ByteSource(bytes, 0, end, 0);
    int version = in.getByte();
    if (version != VERSION) {
      throw new DamagedSegmentException("its form has the unknown number " + version);
    }
    int topics = in.getCount(Integer.MAX_VALUE);
    int keys = in.getCount(Math.min(MOST_COLUMNS, in.remaining()));
    List<ColumnKey> columns = new ArrayList<>(keys);
    for (int i = 0; i < keys; i++) {
      columns.add(readKey(in));
    }
    int count = ENVELOPE_COLUMNS + keys;
    Piece shapes = Piece.read(in, 1, 0, 0);
    int shapeBytes = in.getCount(Integer.MAX_VALUE);
    int groupCount = in.getCount(in.remaining());
    List<GroupHeader> groups = new ArrayList<>(groupCount);
    long contentStart = shapes.length();
    for (int i = 0; i < groupCount; i++) {
      GroupHeader group = GroupHeader.read(in, topics, count, contentStart);
      contentStart += group.contentLength();
      groups.add(group);
    }
    in.expectEnd();
    return new SegmentHeader(topics, columns, shapes, shapeBytes, groups);
  }

  private static ColumnKey readKey(ByteSource in) {
    int flags = in.getByte();
    byte[] name = in.getSized(in.remaining());
    int occurrence = in.getCount(Integer.MAX_VALUE);
    return new ColumnKey(
        (flags & 1) != 0,
        (flags & 2) != 0 ? null : new String(name, StandardCharsets.UTF_8).intern(),
        Kind.of(flags >> 2),
        occurrence);
  }

  @Override
  public String toString() {
    return groups.size() + " row groups of " + columns.size() + " columns";
  }
}
