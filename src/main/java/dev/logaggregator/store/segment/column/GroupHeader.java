package dev.logaggregator.store.segment.column;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a row group without its content: a run of events that were cut from the
 * segment's order by topic, then sorted by offset.
 *
 * @param rows how many events
 * @param rawBytes how long they are when put together again
 * @param firstOffset relative to the segment's base, as is {@code lastOffset}
 * @param minSecond smallest second of a {@code timestamp}
 * @param maxSecond largest second of a {@code timestamp}
 * @param levels bit {@code Level.ordinal() + 1} for each level present, bit 0 for none
 * @param firstTopic the first of the segment's topics that it may have events of
 * @param topicCount how many topics
 * @param contentStart where its pieces begin in the content
 * @param pieces in the order of their columns
 */
public record GroupHeader(
    int rows,
    int rawBytes,
    int firstOffset,
    int lastOffset,
    long minSecond,
    long maxSecond,
    int levels,
    int firstTopic,
    int topicCount,
    long contentStart,
    Piece[] pieces) {

  static final int MOST_ROWS = 1 << 16;

  /** How much a compressed part of a piece may unpack to. */
  int mostUnpacked() {
    return (int) Math.min(Integer.MAX_VALUE - 16, rawBytes + 8L * rows + 1024);
  }

  /** The piece of a column; null if no event has a value there. */
  @Nullable Piece piece(int column) {
    int low = 0;
    int high = pieces.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = pieces[middle].column();
      if (found == column) {
        return pieces[middle];
      }
      if (found < column) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** Memory that it takes, in bytes. */
  long sizeBytes() {
    long size = 96 + 4L * pieces.length;
    for (Piece piece : pieces) {
      size += piece.sizeBytes();
    }
    return size;
  }

  int contentLength() {
    int length = 0;
    for (Piece piece : pieces) {
      length += piece.length();
    }
    return length;
  }

  void write(ByteSink out) {
    out.putVarint(rows);
    out.putVarint(rawBytes);
    out.putVarint(firstOffset);
    out.putVarint(lastOffset);
    out.putSigned(minSecond);
    out.putSigned(maxSecond);
    out.putVarint(levels);
    out.putVarint(firstTopic);
    out.putVarint(topicCount);
    out.putVarint(pieces.length);
    for (Piece piece : pieces) {
      piece.write(out);
    }
  }

  static GroupHeader read(ByteSource in, int topics, int columns, long contentStart) {
    int rows = in.getCount(MOST_ROWS);
    int rawBytes = in.getCount(Integer.MAX_VALUE);
    int firstOffset = in.getCount(Integer.MAX_VALUE);
    int lastOffset = in.getCount(Integer.MAX_VALUE);
    long minSecond = in.getSigned();
    long maxSecond = in.getSigned();
    int levels = in.getCount(0xFF);
    int firstTopic = in.getCount(topics);
    int topicCount = in.getCount(topics - firstTopic);
    Piece[] pieces = new Piece[in.getCount(Math.min(columns, in.remaining()))];
    int start = 0;
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = Piece.read(in, columns, rows, start);
      start += pieces[i].length();
      if (i > 0 && pieces[i].column() <= pieces[i - 1].column()) {
        throw new DamagedSegmentException("its columns are out of order");
      }
    }
    return new GroupHeader(
        rows,
        rawBytes,
        firstOffset,
        lastOffset,
        minSecond,
        maxSecond,
        levels,
        firstTopic,
        topicCount,
        contentStart,
        pieces);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return rows + " rows from " + firstOffset;
  }
}
