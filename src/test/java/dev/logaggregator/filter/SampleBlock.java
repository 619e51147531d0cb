package dev.logaggregator.filter;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import dev.logaggregator.event.TopicLookup;
import dev.logaggregator.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Events side by side as a log has them, and the summary that a log would keep of them. */
final class SampleBlock implements BlockSummary {

  /** Resolves the topic numbers of every block of samples. */
  static final TopicLookup LOG = number -> new Topic(RandomEvents.TOPICS.get(number));

  private final byte[] bytes;
  private final List<Integer> starts = new ArrayList<>();
  private final long baseOffset;
  private final BlockFilter filter;
  private final Set<Topic> topics = new LinkedHashSet<>();
  private long minSecond = Long.MAX_VALUE;
  private long maxSecond = Long.MIN_VALUE;
  private int levels;

  SampleBlock(List<SampleEvent> events, long baseOffset) {
    this.baseOffset = baseOffset;
    EventBatch.Builder builder = new EventBatch.Builder(SampleEvent.TIME.plusSeconds(1));
    events.forEach(event -> event.addTo(builder));
    EventBatch batch = builder.build();
    bytes = new byte[batch.sizeBytes()];
    BlockFilter.Builder filtered = new BlockFilter.Builder();
    filtered.begin(events.size() * 2, bytes.length);
    int at = 0;
    for (int i = 0; i < batch.size(); i++) {
      Topic topic = batch.topics().get(batch.topicIndex(i));
      batch.copyTo(i, bytes, at, i, RandomEvents.TOPICS.indexOf(topic.name()));
      starts.add(at);
      at += batch.end(i) - batch.start(i);
    }
    forEach(event -> summarize(event, filtered));
    filter = filtered.build();
  }

  /** Shows each of the events, in order. */
  void forEach(Consumer<EventView> consumer) {
    EventView view = new EventView(LOG);
    view.attach(bytes, baseOffset);
    for (int start : starts) {
      view.moveTo(start);
      consumer.accept(view);
    }
  }

  private void summarize(EventView event, BlockFilter.Builder filtered) {
    Topic topic = event.topic();
    topics.add(topic);
    filtered.addText(topic.bytes(), 0, topic.bytes().length);
    filtered.addText(bytes, event.sourceStart(), event.end());
    if (JsonText.hasEscape(bytes, event.attributesStart(), event.end())) {
      byte[] meant =
          JsonText.unescape(bytes, event.attributesStart(), event.end())
              .getBytes(StandardCharsets.UTF_8);
      filtered.addText(meant, 0, meant.length);
    }
    filtered.addKey(BlockFilter.idHash(event.id()));
    String source = event.source();
    if (source != null) {
      filtered.addKey(BlockFilter.sourceHash(source));
    }
    minSecond = Math.min(minSecond, event.timestampSecond());
    maxSecond = Math.max(maxSecond, event.timestampSecond());
    levels |= 1 << event.levelCode();
  }

  @Override
  public long firstOffset() {
    return baseOffset;
  }

  @Override
  public long lastOffset() {
    return baseOffset + starts.size() - 1;
  }

  @Override
  public long minSecond() {
    return minSecond;
  }

  @Override
  public long maxSecond() {
    return maxSecond;
  }

  @Override
  public int levels() {
    return levels;
  }

  @Override
  public int topicCount() {
    return topics.size();
  }

  @Override
  public Topic topic(int index) {
    return List.copyOf(topics).get(index);
  }

  @Override
  public boolean mayContainKey(long hash) {
    return filter.mayContainKey(hash);
  }

  @Override
  public boolean mayContainText(int[] trigrams) {
    return filter.mayContainText(trigrams);
  }

  @Override
  public boolean hasTopic(Topic topic) {
    return topics.contains(topic);
  }
}
