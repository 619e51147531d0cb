package dev.logaggregator.filter;

import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import dev.logaggregator.filter.RandomEvents.Sample;
import dev.logaggregator.store.segment.column.SegmentReader;
import dev.logaggregator.store.segment.column.SegmentWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Samples in columns. */
public final class SampleSegment {

  private SampleSegment() {}

  public static SegmentReader of(List<Sample> samples, SegmentWriter writer) {
    SampleBlock block = new SampleBlock(samples.stream().map(Sample::event).toList(), 1_000);
    Map<Integer, List<Integer>> byTopic = new TreeMap<>();
    List<Integer> positions = new ArrayList<>();
    EventView[] last = new EventView[1];
    block.forEach(
        event -> {
          byTopic
              .computeIfAbsent(event.topicNumber(), missing -> new ArrayList<>())
              .add(positions.size());
          positions.add(event.start());
          last[0] = event;
        });
    int[] ends = new int[byTopic.size()];
    int topic = 0;
    int end = 0;
    for (List<Integer> ofTopic : byTopic.values()) {
      end += ofTopic.size();
      ends[topic++] = end;
    }
    SegmentWriter.Written written =
        writer.write(
            last[0],
            positions.stream().mapToInt(Integer::intValue).toArray(),
            byTopic.values().stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray(),
            ends);
    List<Topic> topics =
        byTopic.keySet().stream().map(number -> SampleBlock.LOG.topic(number)).toList();
    return new SegmentReader(
        written.header(), written.content(), topics::get, 1_000, group -> block);
  }
}
