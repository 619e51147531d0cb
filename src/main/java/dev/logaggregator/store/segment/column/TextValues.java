package dev.logaggregator.store.segment.column;

import org.jspecify.annotations.Nullable;

/**
 * Texts that lie one after the other.
 *
 * @param starts where each begins, and where the last ends but for what is shared
 * @param shared how many bytes each has in common with the next: the quotes of strings
 * @param valueCodes which of them each value is; null if each is one value
 */
record TextValues(byte[] bytes, int[] starts, int shared, int @Nullable [] valueCodes)
    implements ColumnValues {

  TextValues coded(int[] codes) {
    return new TextValues(bytes, starts, shared, codes);
  }

  @Override
  public int count() {
    return valueCodes == null ? codes() : valueCodes.length;
  }

  @Override
  public int codes() {
    return starts.length - 1;
  }

  int start(int code) {
    return starts[code];
  }

  int end(int code) {
    return starts[code + 1] + shared;
  }

  @Override
  public void append(int index, ByteSink out) {
    int code = valueCodes == null ? index : valueCodes[index];
    out.put(bytes, start(code), end(code));
  }

  @Override
  public TextValues texts() {
    return this;
  }

  @Override
  public @Nullable NumberValues asNumbers() {
    if (shared > 0) {
      return null;
    }
    SpelledNumber number = new SpelledNumber();
    long[] values = new long[codes()];
    byte[] scales = new byte[codes()];
    for (int code = 0; code < values.length; code++) {
      if (!number.parse(bytes, start(code), end(code))) {
        return null;
      }
      values[code] = number.digits;
      scales[code] = (byte) number.scale;
    }
    return NumberValues.ofSpelled(values, scales);
  }
}
