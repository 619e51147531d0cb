package dev.logaggregator.store.segment;

import dev.logaggregator.event.EventView;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Those events of a raw segment that are not gone, at one moment: floors may move while the segment
 * is sealed.
 *
 * @param view attached to the segment
 * @param starts where they start, in offset order
 * @param byTopic indexes of these starts, in the order of the directory's topics
 * @param directory the topics that they have
 */
record LiveEvents(EventView view, int[] starts, int[] byTopic, TopicDirectory directory) {

  static LiveEvents of(RawSegment raw) {
    SegmentTopics topics = raw.topics();
    EventView view = new EventView(topics);
    raw.show(view);
    long[] floors = IntStream.range(0, topics.count()).mapToLong(topics::floor).toArray();
    int[] events = new int[floors.length];
    int[] bytes = new int[floors.length];
    int[] starts = new int[raw.eventCount()];
    int[] topicOf = new int[starts.length];
    int count = 0;
    for (int i = 0; i < starts.length; i++) {
      view.moveTo(raw.starts()[i]);
      int topic = view.topicNumber();
      if (view.offset() >= floors[topic]) {
        events[topic]++;
        bytes[topic] += view.length();
        topicOf[count] = topic;
        starts[count++] = raw.starts()[i];
      }
    }
    int[] order = TopicDirectory.order(topics, events);
    return new LiveEvents(
        view,
        Arrays.copyOf(starts, count),
        byTopic(topicOf, count, events, order),
        TopicDirectory.of(topics, order, events, bytes));
  }

  private static int[] byTopic(int[] topicOf, int count, int[] events, int[] order) {
    int[] next = new int[events.length];
    int before = 0;
    for (int topic : order) {
      next[topic] = before;
      before += events[topic];
    }
    int[] sorted = new int[count];
    for (int i = 0; i < count; i++) {
      sorted[next[topicOf[i]]++] = i;
    }
    return sorted;
  }

  /** How many there are. */
  int count() {
    return starts.length;
  }

  /** Where in {@link #byTopic} each topic of the directory ends. */
  int[] topicEnds() {
    int[] ends = new int[directory.size()];
    int end = 0;
    for (int topic = 0; topic < ends.length; topic++) {
      end += directory.topics().events(topic);
      ends[topic] = end;
    }
    return ends;
  }
}
