package dev.logaggregator.store.segment.column;

import java.util.Arrays;

/**
 * Pieces of text, one after the other. Strings lie in their quotes, of which each is the end of one
 * and the beginning of the next, so that every piece can be shown as it was written.
 */
final class Tokens {

  private final ByteSink text = new ByteSink(1024);
  private int[] starts = new int[256];
  private int count;
  private int shared;

  /**
   * Begins anew.
   *
   * @param quoted whether they are strings in their quotes
   */
  void begin(boolean quoted) {
    text.clear();
    count = 0;
    shared = quoted ? 1 : 0;
  }

  void add(byte[] bytes, int from, int to) {
    if (count + 1 == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    starts[count++] = text.size();
    text.put(bytes, from, to - shared);
  }

  void end() {
    starts[count] = text.size();
    if (shared == 1) {
      text.putByte('"');
    }
  }

  int count() {
    return count;
  }

  boolean isQuoted() {
    return shared == 1;
  }

  byte[] bytes() {
    return text.bytes();
  }

  /** Size of all of them. */
  int size() {
    return text.size();
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return starts[index + 1] + shared;
  }

  int length(int index) {
    return end(index) - start(index);
  }

  int longest() {
    int longest = 0;
    for (int i = 0; i < count; i++) {
      longest = Math.max(longest, length(i));
    }
    return longest;
  }
}
