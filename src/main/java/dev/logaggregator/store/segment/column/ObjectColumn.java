package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.EventColumn;

/** Objects that were taken apart: all that is said of them is that they are objects. */
final class ObjectColumn implements EventColumn {

  private static final byte[] OBJECT = {'{', '}'};

  private final int[] rows;

  /**
   * @param rows which events have one
   */
  ObjectColumn(int[] rows) {
    this.rows = rows;
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public int row(int index) {
    return rows[index];
  }

  @Override
  public int code(int index) {
    return 0;
  }

  @Override
  public int codes() {
    return 1;
  }

  @Override
  public byte[] bytes() {
    return OBJECT;
  }

  @Override
  public int start(int code) {
    return 0;
  }

  @Override
  public int end(int code) {
    return OBJECT.length;
  }
}
