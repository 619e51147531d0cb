package dev.logaggregator.store.segment.column;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Content in the heap, an array for each row group: a collector that moves objects has to make
 * special room for large ones.
 */
final class HeapContent implements SegmentContent {

  private final byte[][] parts;
  private final long[] starts;

  HeapContent(byte[][] parts) {
    this.parts = parts;
    starts = new long[parts.length + 1];
    for (int i = 0; i < parts.length; i++) {
      starts[i + 1] = starts[i] + parts[i].length;
    }
  }

  @Override
  public ByteBuffer read(long from, int length) {
    int found = Arrays.binarySearch(starts, from);
    int part = found >= 0 ? found : -found - 2;
    while (part + 1 < parts.length && starts[part + 1] == from) {
      part++;
    }
    if (part < 0
        || part >= parts.length
        || length < 0
        || from - starts[part] + length > parts[part].length) {
      throw new DamagedSegmentException("a piece lies beyond the content");
    }
    return ByteBuffer.wrap(parts[part], (int) (from - starts[part]), length);
  }

  @Override
  public long sizeBytes() {
    return starts[parts.length] + 24L * parts.length + 8L * starts.length + 64;
  }
}
