package dev.logaggregator.search;

import java.util.function.LongConsumer;

/** Different hashes, up to a thousand or so, with nothing made for each. One thread at a time. */
final class LongSet {

  private long[] slots = new long[8];
  private int size;
  private boolean hasZero;

  /** Adds a hash, whose lower bits are as good as random; does nothing if it is there. */
  void add(long hash) {
    if (hash == 0) {
      size += hasZero ? 0 : 1;
      hasZero = true;
      return;
    }
    int slot = slot(hash);
    if (slots[slot] == 0) {
      slots[slot] = hash;
      size++;
      if (2 * size > slots.length) {
        grow();
      }
    }
  }

  private int slot(long hash) {
    int slot = (int) hash & slots.length - 1;
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[2 * before.length];
    for (long hash : before) {
      if (hash != 0) {
        slots[slot(hash)] = hash;
      }
    }
  }

  void forEach(LongConsumer action) {
    if (hasZero) {
      action.accept(0);
    }
    for (long hash : slots) {
      if (hash != 0) {
        action.accept(hash);
      }
    }
  }

  int size() {
    return size;
  }

  /** Memory that it takes, in bytes. */
  int sizeBytes() {
    return Long.BYTES * slots.length;
  }
}
