package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventColumn;
import dev.logaggregator.event.EventHead;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import dev.logaggregator.store.segment.column.ColumnKey.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row group being read: each column when it is asked for the first time, events put together one
 * by one.
 */
public final class RowGroup implements EventRows {

  private final SegmentReader segment;
  private final GroupHeader header;
  private final Envelope envelope;
  private final Documents attributes;
  private final Documents payloads;
  private final @Nullable ColumnValues[] values;
  private final ByteSink assembled = new ByteSink(1024);

  RowGroup(SegmentReader segment, GroupHeader header) {
    this.segment = segment;
    this.header = header;
    this.envelope = new Envelope(segment, header);
    this.attributes = new Documents(this, true);
    this.payloads = new Documents(this, false);
    this.values = new ColumnValues[segment.header().columnsOfDocuments()];
  }

  SegmentReader segment() {
    return segment;
  }

  GroupHeader header() {
    return header;
  }

  Envelope envelope() {
    return envelope;
  }

  Documents documents(boolean ofAttributes) {
    return ofAttributes ? attributes : payloads;
  }

  /** The piece of one of the documents' columns; null if it has no values here. */
  @Nullable Piece piece(int column) {
    return header.piece(SegmentHeader.ENVELOPE_COLUMNS + column);
  }

  /** The values of one of the documents' columns, which has some. */
  ColumnValues values(int column) {
    ColumnValues read = values[column];
    if (read == null) {
      Piece piece = piece(column);
      if (piece == null) {
        throw new DamagedSegmentException("a column is missing");
      }
      ByteSource source = segment.open(piece, header);
      Kind kind = segment.header().columns().get(column).kind();
      read =
          kind == Kind.NUMBER
              ? NumberCodec.read(source, piece.count())
              : TextCodec.read(source, piece.count(), kind == Kind.TEXT);
      source.expectEnd();
      values[column] = read;
    }
    return read;
  }

  @Override
  public BlockSummary summary() {
    return segment.summary(header);
  }

  @Override
  public int size() {
    return header.rows();
  }

  /**
   * Puts an event together.
   *
   * @return its length; it lies at the beginning of {@link #assembled}, until the next one does
   */
  public int assemble(int row) {
    assembled.clear();
    assembled.reserve(EventHead.BYTES);
    assembled.advance(EventHead.BYTES);
    int idStart = assembled.size();
    envelope.ids().append(row, assembled);
    int sourceStart = assembled.size();
    envelope.sources().append(row, assembled);
    int attributesStart = assembled.size();
    attributes.append(row, assembled);
    int payloadStart = assembled.size();
    payloads.append(row, assembled);
    envelope
        .head(row)
        .write(
            assembled.bytes(),
            0,
            assembled.size(),
            sourceStart - idStart,
            attributesStart - sourceStart,
            payloadStart - attributesStart);
    return assembled.size();
  }

  /** Holds the event that was put together last. */
  public byte[] assembled() {
    return assembled.bytes();
  }

  @Override
  public void show(int row, EventView view) {
    assemble(row);
    view.attach(new byte[][] {assembled()}, segment.baseOffset(), segment.topics());
    view.moveTo(0);
  }

  @Override
  public long offset(int row) {
    return segment.baseOffset() + envelope.offset(row);
  }

  @Override
  public boolean isGone(int row) {
    return offset(row) < segment.topics().floor(envelope.topic(row));
  }

  @Override
  public Topic topic(int row) {
    return segment.topics().topic(envelope.topic(row));
  }

  @Override
  public long timestampSecond(int row) {
    return envelope.timestamps().second(row);
  }

  @Override
  public int timestampNano(int row) {
    return envelope.timestamps().nano(row);
  }

  @Override
  public long timestampMillis(int row) {
    return envelope.timestamps().millis(row);
  }

  @Override
  public long receivedNanos(int row) {
    return envelope.receivedNanos(row);
  }

  @Override
  public int levelCode(int row) {
    return envelope.levelCode(row);
  }

  @Override
  public EventColumn ids() {
    return new RowTexts(envelope.ids());
  }

  @Override
  public EventColumn sources() {
    return new RowTexts(envelope.sources());
  }

  @Override
  public List<EventColumn> columns(boolean inAttributes, @Nullable String path) {
    return documents(inAttributes).columns(path);
  }

  @Override
  public List<EventColumn> columns(boolean inAttributes) {
    List<EventColumn> all = new ArrayList<>();
    List<ColumnKey> keys = segment.header().columns();
    for (int column = 0; column < keys.size(); column++) {
      if (keys.get(column).attribute() == inAttributes && piece(column) != null) {
        boolean nested = keys.get(column).kind() == Kind.NESTED;
        all.add(new PieceColumn(documents(inAttributes), column, nested, null));
      }
    }
    return all;
  }

  @Override
  public EventColumn frames() {
    return new RowTexts(payloads.frames());
  }
}
