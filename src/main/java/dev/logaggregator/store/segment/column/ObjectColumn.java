package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.EventColumn;

/** Objects that were taken apart: all that is said of them is that they are objects. */
final class ObjectColumn implements EventColumn {

  private static final byte[] OBJECT = {'{', '}'};

  private final int[] rows;
  private final int[] codes;

  /**
   * @param rows which events have one
   */
  ObjectColumn(int[] rows) {
    this.rows = rows;
    this.codes = new int[rows.length];
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public int[] rows() {
    return rows;
  }

  @Override
  public int[] valueCodes() {
    return codes;
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
