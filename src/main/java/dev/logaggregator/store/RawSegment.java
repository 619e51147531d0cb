package dev.logaggregator.store;

import dev.logaggregator.event.EventView;

/**
 * Events as they were encoded, one after the other in offset order: the youngest part of the log,
 * or a sealed part unpacked for reading. Immutable: where the chunks behind it are still appended
 * to, what is appended lies beyond {@code eventCount}.
 *
 * @param baseOffset what the events' offsets are relative to
 * @param lastOffset see {@link Segment#lastOffset}
 * @param chunks the events
 * @param starts where each starts, in offset order, as {@link EventView#moveTo} understands it
 * @param lastReceivedMillis when the last one was received
 */
record RawSegment(
    long baseOffset,
    long lastOffset,
    byte[][] chunks,
    int[] starts,
    int eventCount,
    long lastReceivedMillis)
    implements Segment {

  private static final int WORTH_SEALING_BYTES = 16 * 1024;

  @Override
  public long sizeBytes() {
    return chunkBytes() + 4L * starts.length + 64;
  }

  /** Whether compressing it saves more than what a sealed segment costs. */
  boolean isWorthSealing() {
    return chunkBytes() >= WORTH_SEALING_BYTES;
  }

  /** Size of the chunks. */
  long chunkBytes() {
    return EventChunks.sizeBytes(chunks);
  }

  /** Index of the first event with a larger offset; {@code eventCount} if there is none. */
  int indexAfter(long offset, EventView view) {
    int low = 0;
    int high = eventCount;
    while (low < high) {
      int middle = (low + high) >>> 1;
      view.moveTo(starts[middle]);
      if (view.offset() > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  @Override
  public void countLive(TopicLogs topics, LiveCounter counter) {
    long[] events = new long[topics.count()];
    long[] sizes = new long[topics.count()];
    EventView view = new EventView(topics);
    view.attach(chunks, baseOffset);
    for (int i = 0; i < eventCount; i++) {
      view.moveTo(starts[i]);
      int topic = view.topicNumber();
      if (view.offset() >= topics.get(topic).floor()) {
        events[topic]++;
        sizes[topic] += view.length();
      }
    }
    for (int topic = 0; topic < events.length; topic++) {
      if (events[topic] > 0) {
        counter.count(topics.get(topic), events[topic], sizes[topic]);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "raw from " + baseOffset + ": " + eventCount + " events";
  }
}
