package dev.logaggregator.store.segment;

import dev.logaggregator.event.Topic;

/**
 * A topic as segments refer to it: its name, and from where on its events are retained. One that
 * has gone and come again is another one, so that nothing is taken for the new one's that was the
 * old one's.
 */
public abstract class SegmentTopic {

  private static final long NOWHERE = -1;

  private final Topic topic;

  /** Base offset of the open segment that gave the topic a number last, and that number. */
  private long numberedBy = NOWHERE;

  private int number;
  private int segments;

  protected SegmentTopic(Topic topic) {
    this.topic = topic;
  }

  /** The name. */
  public final Topic topic() {
    return topic;
  }

  /**
   * Smaller offsets of this topic are gone, though they may still lie in a segment. Never sinks;
   * read by any thread.
   */
  public abstract long floor();

  /** Memory that the topic itself takes as long as a segment refers to it, about. */
  public abstract int sizeBytes();

  /** How many segments of the log refer to it. */
  protected final int segments() {
    return segments;
  }

  /** One more segment of the log refers to it. */
  protected final void join() {
    segments++;
  }

  /** A segment that referred to it is in the log no more. */
  protected final void leave() {
    segments--;
  }

  /** The topic's number in an open segment; negative if it has none. One thread at a time. */
  final int numberIn(long segmentBase) {
    return numberedBy == segmentBase ? number : -1;
  }

  /** Gives the topic its number in an open segment, which it joins. */
  final void number(long segmentBase, int given) {
    numberedBy = segmentBase;
    number = given;
    join();
  }
}
