package dev.logaggregator.store.segment;

import dev.logaggregator.event.Topic;

/** A topic that has dropped nothing. */
final class KeptTopic extends SegmentTopic {

  KeptTopic(String name) {
    super(new Topic(name));
  }

  @Override
  public long floor() {
    return 0;
  }

  @Override
  public int sizeBytes() {
    return topic().name().length();
  }
}
