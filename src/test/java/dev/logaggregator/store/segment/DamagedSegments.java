package dev.logaggregator.store.segment;

import dev.logaggregator.event.BlockFilter;

/** Makes segments that can't be read, for tests. */
public final class DamagedSegments {

  private DamagedSegments() {}

  /** The packed form of a segment, but that nothing can be unpacked. */
  public static PackedSegment packed(RawSegment raw) {
    TopicDirectory directory = LiveEvents.of(raw).directory();
    int events = raw.eventCount();
    Block block = new Block(directory, 0, 1, events, 0, events, 0, 0, 1, new byte[] {1, 2, 3}, 99);
    return new PackedSegment(
        raw, directory, new Block[] {block}, new BlockFilter.Builder().build());
  }
}
