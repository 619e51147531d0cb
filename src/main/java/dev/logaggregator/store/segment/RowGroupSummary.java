package dev.logaggregator.store.segment;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.Topic;
import dev.logaggregator.store.segment.column.GroupHeader;

/** What is known of a row group of a sealed segment. */
record RowGroupSummary(GroupHeader group, TopicDirectory directory, long baseOffset)
    implements BlockSummary {

  @Override
  public long firstOffset() {
    return baseOffset + group.firstOffset();
  }

  @Override
  public long lastOffset() {
    return baseOffset + group.lastOffset();
  }

  @Override
  public long minSecond() {
    return group.minSecond();
  }

  @Override
  public long maxSecond() {
    return group.maxSecond();
  }

  @Override
  public int levels() {
    return group.levels();
  }

  @Override
  public int topicCount() {
    return group.topicCount();
  }

  @Override
  public Topic topic(int index) {
    return directory.topic(group.firstTopic() + index);
  }

  @Override
  public boolean hasTopic(Topic topic) {
    int number = directory.numberOf(topic);
    return number >= group.firstTopic() && number < group.firstTopic() + group.topicCount();
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
