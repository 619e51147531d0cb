package dev.logaggregator.store.segment;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Some tens of kilobytes of a packed segment's events, compressed together: events of one topic, or
 * of a few small ones, in topic order and within a topic in offset order.
 *
 * @param directory the segment's topics
 * @param firstTopic number in the directory of the block's first topic
 * @param topicCount how many topics the block has events of
 * @param eventCount how many events
 * @param compressed their bytes, a zstd frame
 * @param rawLength their length before compression
 */
record Block(
    TopicDirectory directory,
    int firstTopic,
    int topicCount,
    int eventCount,
    long firstOffset,
    long lastOffset,
    long minSecond,
    long maxSecond,
    int levels,
    byte[] compressed,
    int rawLength)
    implements BlockSummary {

  private static final int OBJECT_BYTES = 104;

  long sizeBytes() {
    return compressed.length + OBJECT_BYTES;
  }

  /** Writes the events' bytes to the beginning of an array that has room for them. */
  void unpackTo(byte[] target) {
    BlockReader.ofThread().unpack(this, target);
  }

  static IllegalStateException damaged(String how, @Nullable Exception cause) {
    return new IllegalStateException("a block is damaged: " + how, cause);
  }

  @Override
  public Topic topic(int index) {
    return directory.topic(firstTopic + index);
  }

  @Override
  public boolean hasTopic(Topic topic) {
    int number = directory.numberOf(topic);
    return number >= firstTopic && number < firstTopic + topicCount;
  }

  /** Keys and text are kept for the segment as a whole. */
  @Override
  public boolean mayContainKey(long hash) {
    return true;
  }

  @Override
  public boolean mayContainText(int[] trigrams) {
    return true;
  }
}
