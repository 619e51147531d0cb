package dev.logaggregator.stream;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What a stretch of the log is for a reader, ready to be sent. Immutable, so that readers share it.
 *
 * @param gap what is told before the events; empty if nothing is gone
 * @param events in an array of which {@code length} bytes count
 * @param large the offset of an event that comes after them and is too large to be copied; {@link
 *     #NONE} if there is none
 * @param end up to and including this offset, every event was looked at
 * @param atEdge whether there was no more in the log
 */
record Chunk(byte[] gap, byte[] events, int length, long large, long end, boolean atEdge) {

  static final long NONE = -1;

  boolean isEmpty() {
    return gap.length == 0 && length == 0 && large == NONE;
  }

  int sizeBytes() {
    return gap.length + events.length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(gap);
    out.write(events, 0, length);
  }
}
