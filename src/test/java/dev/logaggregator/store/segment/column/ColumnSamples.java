package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Topic;
import dev.logaggregator.event.TopicLookup;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Events on their way into a segment, and out of it again. */
final class ColumnSamples {

  static final Instant RECEIVED = Instant.parse("2026-11-22T07:00:00.123456Z");
  static final long BASE = 1_000;

  /** An event as a test says it. */
  record Sample(
      String topic,
      String id,
      String source,
      @Nullable Level level,
      @Nullable Instant timestamp,
      String attributes,
      String payload) {

    static Sample of(String payload) {
      return new Sample("topic", "id", "", null, null, "", payload);
    }
  }

  private final List<Topic> topics;
  private final byte[] bytes;
  private final int[] starts;
  private final int[] byTopic;
  private final int[] topicEnds;

  ColumnSamples(List<Sample> samples) {
    EventBatch.Builder builder = new EventBatch.Builder(RECEIVED);
    for (Sample sample : samples) {
      EventDraft draft = new EventDraft();
      draft.topic = new Topic(sample.topic());
      draft.id.set(sample.id().getBytes(StandardCharsets.UTF_8));
      draft.source.set(sample.source().getBytes(StandardCharsets.UTF_8));
      draft.level = sample.level();
      draft.timestamp = sample.timestamp();
      draft.attributes.set(sample.attributes().getBytes(StandardCharsets.UTF_8));
      draft.payload.set(sample.payload().getBytes(StandardCharsets.UTF_8));
      builder.add(draft, sample.payload().length());
    }
    EventBatch batch = builder.build();
    topics = batch.topics();
    bytes = new byte[batch.sizeBytes()];
    starts = new int[batch.size()];
    int[] counts = new int[topics.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = batch.start(i);
      counts[batch.topicIndex(i)]++;
      batch.copyTo(i, bytes, starts[i], i * 3, batch.topicIndex(i));
    }
    byTopic =
        IntStream.range(0, starts.length)
            .boxed()
            .sorted(Comparator.comparingInt(batch::topicIndex))
            .mapToInt(Integer::intValue)
            .toArray();
    topicEnds = counts.clone();
    Arrays.parallelPrefix(topicEnds, Integer::sum);
  }

  EventView view() {
    EventView view = new EventView(topics::get);
    view.attach(bytes, BASE);
    return view;
  }

  TopicLookup topics() {
    return topics::get;
  }

  SegmentWriter.Written write(SegmentWriter writer) {
    return writer.write(view(), starts, byTopic, topicEnds);
  }

  SegmentReader reader(SegmentWriter.Written written) {
    return new SegmentReader(
        SegmentHeader.read(written.header().toByteArray()),
        written.content(),
        topics(),
        BASE,
        ColumnSamples::summary);
  }

  static BlockSummary summary(GroupHeader group) {
    throw new AssertionError("nobody asks for what is known of " + group);
  }

  /** The bytes of the events, in offset order. */
  List<String> events() {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      int end = i + 1 < starts.length ? starts[i + 1] : bytes.length;
      events.add(new String(bytes, starts[i], end - starts[i], StandardCharsets.ISO_8859_1));
    }
    return events;
  }

  /** The bytes of the events of a segment, in offset order. */
  static List<String> events(SegmentReader reader) {
    record Found(long offset, String bytes) {}
    List<Found> events = new ArrayList<>();
    for (int i = 0; i < reader.groups(); i++) {
      RowGroup group = reader.group(i);
      for (int row = 0; row < group.size(); row++) {
        int length = group.assemble(row);
        String event = new String(group.assembled(), 0, length, StandardCharsets.ISO_8859_1);
        events.add(new Found(group.offset(row), event));
      }
    }
    events.sort(Comparator.comparingLong(Found::offset));
    return events.stream().map(Found::bytes).toList();
  }
}
