package dev.logaggregator.store.segment;

import java.util.Arrays;

/** Puts events back into offset order: each as one long, offset above, position below. */
final class EventOrder {

  private long[] entries;
  private int size;

  EventOrder(int capacity) {
    entries = new long[Math.max(1, capacity)];
  }

  void add(int offsetInSegment, int position) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
    }
    entries[size++] = (long) offsetInSegment << 32 | position;
  }

  int size() {
    return size;
  }

  /** The positions, in offset order. */
  int[] starts() {
    Arrays.sort(entries, 0, size);
    int[] starts = new int[size];
    for (int i = 0; i < size; i++) {
      starts[i] = (int) entries[i];
    }
    return starts;
  }
}
