package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.EventHead;
import dev.logaggregator.event.Level;
import org.jspecify.annotations.Nullable;

/** The columns of a row group that every event has. */
final class Envelope {

  private static final int MOST_LEVEL_CODE = Level.values().length;

  private final SegmentReader segment;
  private final GroupHeader group;
  private final long[] @Nullable [] numbersRead = new long[SegmentHeader.ENVELOPE_COLUMNS][];
  private @Nullable Moments timestamps;
  private @Nullable Moments received;
  private @Nullable ColumnValues ids;
  private @Nullable ColumnValues sources;

  Envelope(SegmentReader segment, GroupHeader group) {
    this.segment = segment;
    this.group = group;
  }

  EventHead head(int row) {
    return new EventHead(
        offset(row),
        topic(row),
        timestamps().second(row),
        timestamps().nano(row),
        receivedNanos(row),
        levelCode(row),
        (numbers(SegmentHeader.LEVEL, 2 * MOST_LEVEL_CODE + 1)[row] & 1) != 0);
  }

  /** Relative to the base of the segment. */
  int offset(int row) {
    return (int) numbers(SegmentHeader.OFFSET, group.lastOffset())[row];
  }

  /** Which of the segment's topics. */
  int topic(int row) {
    return group.firstTopic() + (int) numbers(SegmentHeader.TOPIC, group.topicCount() - 1)[row];
  }

  int levelCode(int row) {
    return (int) numbers(SegmentHeader.LEVEL, 2 * MOST_LEVEL_CODE + 1)[row] >>> 1;
  }

  /** The numbers of the shapes. */
  long[] shapes(boolean ofAttributes, int count) {
    return numbers(ofAttributes ? SegmentHeader.ATTRIBUTES : SegmentHeader.PAYLOAD, count - 1);
  }

  private long[] numbers(int column, int most) {
    long[] read = numbersRead[column];
    if (read == null) {
      ByteSource source = open(column);
      read = LongCodec.read(source, group.rows());
      source.expectEnd();
      for (long number : read) {
        if (number < 0 || number > most) {
          throw new DamagedSegmentException("a number of the envelope is too large");
        }
      }
      numbersRead[column] = read;
    }
    return read;
  }

  Moments timestamps() {
    if (timestamps == null) {
      timestamps = times(SegmentHeader.TIMESTAMP);
    }
    return timestamps;
  }

  long receivedNanos(int row) {
    if (received == null) {
      received = times(SegmentHeader.RECEIVED);
    }
    return received.epochNanos(row);
  }

  private Moments times(int column) {
    ByteSource source = open(column);
    Moments read = TimeCodec.read(source, group.rows());
    source.expectEnd();
    return read;
  }

  ColumnValues ids() {
    if (ids == null) {
      ids = texts(SegmentHeader.ID);
    }
    return ids;
  }

  ColumnValues sources() {
    if (sources == null) {
      sources = texts(SegmentHeader.SOURCE);
    }
    return sources;
  }

  private ColumnValues texts(int column) {
    ByteSource source = open(column);
    ColumnValues read = TextCodec.read(source, group.rows(), false);
    source.expectEnd();
    return read;
  }

  private ByteSource open(int column) {
    Piece piece = group.piece(column);
    if (piece == null || piece.count() != group.rows()) {
      throw new DamagedSegmentException("a column of the envelope is missing");
    }
    return segment.open(piece, group);
  }
}
