package dev.logaggregator.store.segment;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonText;
import dev.logaggregator.store.segment.column.SegmentWriter;
import dev.logaggregator.store.segment.column.SegmentWriter.Written;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Turns raw segments into sealed ones: sorts by topic, and writes columns. One thread. */
public final class Sealer implements AutoCloseable {

  private final SegmentWriter writer = new SegmentWriter();
  private final BlockFilter.Builder filter = new BlockFilter.Builder();

  /** Events that are gone already are left out. */
  public SealedSegment seal(RawSegment raw) {
    EventView view = new EventView(raw.topics());
    raw.show(view);
    long[] floors = floors(raw.topics());
    int[] events = new int[floors.length];
    int[] bytes = new int[floors.length];
    int[] live = live(raw, view, floors, events, bytes);
    int[] order = TopicDirectory.order(raw.topics(), events);
    TopicDirectory directory = TopicDirectory.of(raw.topics(), order, events, bytes);
    int[] topicEnds = new int[order.length];
    int[] byTopic = byTopic(view, live, events, order, topicEnds);
    Written written = writer.write(view, live, byTopic, topicEnds);
    BlockFilter summary = filter(view, live, directory, (int) raw.chunkBytes());
    return new SealedSegment(raw, directory, written.header(), written.content(), summary);
  }

  /** The floors of all topics at one moment: they may move while the segment is sealed. */
  private static long[] floors(SegmentTopics topics) {
    return IntStream.range(0, topics.count()).mapToLong(topics::floor).toArray();
  }

  /** Where the live events start, in offset order; they are counted by topic. */
  private static int[] live(
      RawSegment raw, EventView view, long[] floors, int[] events, int[] bytes) {
    int[] live = new int[raw.eventCount()];
    int count = 0;
    for (int i = 0; i < live.length; i++) {
      view.moveTo(raw.starts()[i]);
      int topic = view.topicNumber();
      if (view.offset() >= floors[topic]) {
        events[topic]++;
        bytes[topic] += view.length();
        live[count++] = raw.starts()[i];
      }
    }
    return Arrays.copyOf(live, count);
  }

  /**
   * Indexes of events, sorted by topic.
   *
   * @param order the topics' order, by their numbers in the raw segment
   * @param topicEnds gets where each topic ends
   */
  private static int[] byTopic(
      EventView view, int[] live, int[] events, int[] order, int[] topicEnds) {
    int[] next = new int[events.length];
    int count = 0;
    for (int i = 0; i < order.length; i++) {
      next[order[i]] = count;
      count += events[order[i]];
      topicEnds[i] = count;
    }
    int[] sorted = new int[live.length];
    for (int i = 0; i < live.length; i++) {
      view.moveTo(live[i]);
      sorted[next[view.topicNumber()]++] = i;
    }
    return sorted;
  }

  private BlockFilter filter(EventView view, int[] live, TopicDirectory directory, int bytes) {
    filter.begin(live.length * 2, bytes);
    for (int i = 0; i < directory.size(); i++) {
      byte[] name = directory.topic(i).bytes();
      filter.addText(name, 0, name.length);
    }
    for (int start : live) {
      view.moveTo(start);
      addToFilter(view);
    }
    return filter.build();
  }

  private void addToFilter(EventView event) {
    byte[] bytes = event.bytes();
    filter.addKey(BlockFilter.idHash(bytes, event.idStart(), event.idEnd()));
    if (event.sourceStart() < event.sourceEnd()) {
      filter.addKey(BlockFilter.sourceHash(bytes, event.sourceStart(), event.sourceEnd()));
    }
    int start = event.sourceStart();
    int end = event.payloadEnd();
    filter.addText(bytes, start, end);
    if (event.hasEscape()) {
      byte[] meant =
          JsonText.unescape(bytes, event.attributesStart(), end).getBytes(StandardCharsets.UTF_8);
      filter.addText(meant, 0, meant.length);
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
