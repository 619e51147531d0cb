package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.EventColumn;
import org.jspecify.annotations.Nullable;

/** A column of documents as a condition sees it; read when it is looked into. */
final class PieceColumn implements EventColumn {

  private final Documents documents;
  private final int column;
  private final boolean nested;
  private final @Nullable String rest;
  private final Piece piece;
  private int @Nullable [] rows;
  private @Nullable ColumnValues values;
  private @Nullable TextValues texts;

  PieceColumn(Documents documents, int column, boolean nested, @Nullable String rest) {
    this.documents = documents;
    this.column = column;
    this.nested = nested;
    this.rest = rest;
    Piece found = documents.group().piece(column);
    if (found == null) {
      throw new DamagedSegmentException("a column is missing");
    }
    this.piece = found;
  }

  private ColumnValues values() {
    if (values == null) {
      values = documents.group().values(column);
    }
    return values;
  }

  private TextValues texts() {
    if (texts == null) {
      texts = values().texts();
    }
    return texts;
  }

  @Override
  public int size() {
    return piece.count();
  }

  @Override
  public int @Nullable [] rows() {
    if (piece.count() == documents.group().size()) {
      return null;
    }
    if (rows == null) {
      rows = documents.rows(column);
      if (rows.length != piece.count()) {
        throw new DamagedSegmentException("a column has not as many values as there should be");
      }
    }
    return rows;
  }

  @Override
  public int @Nullable [] valueCodes() {
    return values().valueCodes();
  }

  @Override
  public int codes() {
    return values().codes();
  }

  @Override
  public boolean mayHaveByte(int value) {
    return values().mayHaveByte(value);
  }

  @Override
  public @Nullable Digits digits() {
    return values().digits();
  }

  @Override
  public byte[] bytes() {
    return texts().bytes();
  }

  @Override
  public int start(int code) {
    return texts().start(code);
  }

  @Override
  public int end(int code) {
    return texts().end(code);
  }

  @Override
  public boolean isNested() {
    return nested;
  }

  @Override
  public @Nullable String name() {
    return documents.group().segment().header().columns().get(column).name();
  }

  @Override
  public @Nullable String rest() {
    return rest;
  }

  @Override
  public boolean mayHaveText(long hash) {
    ValueFilter strings = piece.strings();
    return strings == null || strings.mayHave(hash);
  }

  @Override
  public @Nullable Numbers numbers() {
    NumberRange range = piece.range();
    return range == null ? null : new PieceNumbers(range);
  }

  private final class PieceNumbers implements Numbers {

    private final NumberRange range;

    PieceNumbers(NumberRange range) {
      this.range = range;
    }

    @Override
    public long least() {
      return range.least();
    }

    @Override
    public long most() {
      return range.most();
    }

    @Override
    public int scale() {
      return range.scale();
    }

    @Override
    public long[] values() {
      NumberValues numbers = PieceColumn.this.values().asNumbers();
      if (numbers == null || numbers.scale() != range.scale()) {
        throw new DamagedSegmentException("numbers are none");
      }
      return numbers.values();
    }
  }
}
