package dev.logaggregator.store.segment;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventFilter.Verdict;
import dev.logaggregator.event.EventView;
import java.util.Arrays;

/**
 * A sealed segment in compressed blocks of whole events: the form that keeps up with publishers.
 */
public final class PackedSegment extends SealedSegment {

  private final Block[] blocks;

  PackedSegment(RawSegment raw, TopicDirectory directory, Block[] blocks, BlockFilter filter) {
    super(
        raw,
        directory,
        filter,
        Arrays.asList(blocks),
        Arrays.stream(blocks).mapToLong(Block::sizeBytes).sum());
    this.blocks = blocks;
  }

  @Override
  SegmentScan search(EventFilter wanted) {
    return new PackedScan(this, wanted);
  }

  @Override
  int eventsToRead(EventFilter wanted) {
    int events = 0;
    for (Block block : blocks) {
      events += wanted.judge(block) == Verdict.NONE ? 0 : block.eventCount();
    }
    return events;
  }

  @Override
  public RawSegment unpack() {
    byte[][] chunks = new byte[blocks.length][];
    EventView view = new EventView(topics());
    EventOrder order = new EventOrder(eventCount());
    for (int i = 0; i < blocks.length; i++) {
      int end = blocks[i].rawLength();
      chunks[i] = new byte[end];
      blocks[i].unpackTo(chunks[i]);
      view.attach(chunks[i], baseOffset());
      for (int at = 0; at < end; at = view.end()) {
        moveTo(at, end, view);
        order.add((int) (view.offset() - baseOffset()), i << EventView.CHUNK_BITS | at);
      }
    }
    return new RawSegment(
        baseOffset(),
        lastOffset(),
        topics(),
        chunks,
        order.starts(),
        order.size(),
        lastReceivedMillis());
  }

  int blocks() {
    return blocks.length;
  }

  Block block(int index) {
    return blocks[index];
  }

  void moveTo(int at, int end, EventView view) {
    view.moveTo(at, end);
    boolean known = view.topicNumber() >= 0 && view.topicNumber() < directory().size();
    if (!known || view.offset() < baseOffset() || view.offset() > lastOffset()) {
      throw Block.damaged("an event at " + at + " is not of this segment", null);
    }
  }
}
