package dev.logaggregator.store.segment;

import dev.logaggregator.event.EventView;
import java.util.Arrays;

/**
 * Memory for events that are appended, in chunks of a moderate size: a collector that moves objects
 * has to make special room for large ones, which costs it long pauses when memory is short (see <a
 * href="https://docs.oracle.com/en/java/javase/25/gctuning/garbage-first-g1-garbage-collector1.html">
 * G1's humongous objects</a>). What was appended stays where it is in the chunks that were handed
 * out before. Not thread-safe.
 */
final class EventChunks {

  private static final int CHUNK_BYTES = 256 * 1024;

  private final int firstBytes;
  private byte[][] chunks = {};
  private int used;

  /**
   * @param firstBytes room to begin with, as much as is likely to be needed
   */
  EventChunks(int firstBytes) {
    this.firstBytes = Math.min(firstBytes, CHUNK_BYTES);
  }

  /** Makes room for an event; returns its position, as {@link EventView#moveTo} understands it. */
  int append(int size) {
    if (chunks.length == 0 || used + size > last().length) {
      makeRoom(size);
    }
    int position = chunks.length - 1 << EventView.CHUNK_BITS | used;
    used += size;
    return position;
  }

  /** The chunk that has what was appended last. */
  byte[] last() {
    return chunks[chunks.length - 1];
  }

  /** Where in the last chunk the next event would start. */
  int used() {
    return used;
  }

  /** All chunks; never changed but behind what was appended. */
  byte[][] all() {
    return chunks;
  }

  /** Memory taken, in bytes. */
  long sizeBytes() {
    return sizeBytes(chunks);
  }

  static long sizeBytes(byte[][] chunks) {
    long size = 0;
    for (byte[] chunk : chunks) {
      size += chunk.length;
    }
    return size;
  }

  private void makeRoom(int size) {
    int count = chunks.length;
    if (count == 1 && used + size <= CHUNK_BYTES) {
      int capacity = Math.max(used + size, Math.min(2 * last().length, CHUNK_BYTES));
      chunks = new byte[][] {Arrays.copyOf(last(), capacity)};
      return;
    }
    chunks = Arrays.copyOf(chunks, count + 1);
    chunks[count] = new byte[Math.max(size, count == 0 ? firstBytes : CHUNK_BYTES)];
    used = 0;
  }
}
