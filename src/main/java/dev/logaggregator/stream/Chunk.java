package dev.logaggregator.stream;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What a stretch of the log is for a reader, ready to be sent. Immutable, so that readers share it.
 *
 * @param gap what is told before the events; empty if nothing is gone
 * @param events in an array of which {@code length} bytes count
 * @param end up to and including this offset, every event was looked at
 * @param atEdge whether there was no more in the log
 */
record Chunk(byte[] gap, byte[] events, int length, long end, boolean atEdge) {

  boolean isEmpty() {
    return gap.length == 0 && length == 0;
  }

  int sizeBytes() {
    return gap.length + length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(gap);
    out.write(events, 0, length);
  }
}
