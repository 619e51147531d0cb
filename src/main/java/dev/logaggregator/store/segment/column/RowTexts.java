package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.EventColumn;
import org.jspecify.annotations.Nullable;

/** A column with a text for each event. */
final class RowTexts implements EventColumn {

  private final ColumnValues values;
  private @Nullable TextValues texts;

  RowTexts(ColumnValues values) {
    this.values = values;
  }

  private TextValues texts() {
    if (texts == null) {
      texts = values.texts();
    }
    return texts;
  }

  @Override
  public int size() {
    return values.count();
  }

  @Override
  public int @Nullable [] rows() {
    return null;
  }

  @Override
  public int @Nullable [] valueCodes() {
    return values.valueCodes();
  }

  @Override
  public int codes() {
    return values.codes();
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
}
