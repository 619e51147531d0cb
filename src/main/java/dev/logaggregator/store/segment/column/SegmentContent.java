package dev.logaggregator.store.segment.column;

import java.nio.ByteBuffer;

/** Where the columns of a segment lie; its header tells which piece is where. */
public interface SegmentContent {

  /**
   * Bytes of the content, in a buffer with an array behind it that nobody changes.
   *
   * @param from in bytes from the beginning of the content
   */
  ByteBuffer read(long from, int length);

  /** Memory that it takes, in bytes. */
  long sizeBytes();
}
