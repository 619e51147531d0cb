package dev.logaggregator.filter;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event as a publisher sent it. */
public record SampleEvent(
    String topic,
    String id,
    @Nullable String source,
    @Nullable Level level,
    Instant timestamp,
    @Nullable String attributes,
    String payload) {

  static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  static final Instant TIME = Instant.parse("2026-11-22T07:00:00.123456789Z");

  /** An event of which only that matters. */
  public static SampleEvent withPayload(String json) {
    return new SampleEvent("orders.created", "e-1", null, null, TIME, null, json);
  }

  static SampleEvent ofTopic(String topic) {
    return withPayload("{}").topic(topic);
  }

  SampleEvent topic(String value) {
    return new SampleEvent(value, id, source, level, timestamp, attributes, payload);
  }

  SampleEvent id(String value) {
    return new SampleEvent(topic, value, source, level, timestamp, attributes, payload);
  }

  public SampleEvent source(String value) {
    return new SampleEvent(topic, id, value, level, timestamp, attributes, payload);
  }

  public SampleEvent level(Level value) {
    return new SampleEvent(topic, id, source, value, timestamp, attributes, payload);
  }

  public SampleEvent timestamp(String value) {
    return new SampleEvent(topic, id, source, level, Instant.parse(value), attributes, payload);
  }

  public SampleEvent attributes(String json) {
    return new SampleEvent(topic, id, source, level, timestamp, json, payload);
  }

  /** Whether that query takes it, asked an hour later. */
  boolean matches(String q) {
    return Query.parse(q, NOW).condition().matches(view());
  }

  /** Adds it as a publish room would. */
  public void addTo(EventBatch.Builder batch) {
    EventDraft draft = new EventDraft();
    draft.topic = new Topic(topic);
    draft.id.set(utf8(id));
    if (source != null) {
      draft.source.set(utf8(source));
    }
    draft.level = level;
    draft.timestamp = timestamp;
    if (attributes != null) {
      draft.attributes.set(utf8(attributes));
    }
    draft.payload.set(utf8(payload));
    batch.add(draft, payload.length());
  }

  /** The event as readers see it; its offset is 0. */
  public EventView view() {
    EventBatch.Builder builder = new EventBatch.Builder(TIME.plusSeconds(1));
    addTo(builder);
    EventBatch batch = builder.build();
    List<Topic> topics = batch.topics();
    EventView view = new EventView(topics::get);
    view.attach(batch.bytes(), 0);
    view.moveTo(batch.start(0));
    return view;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
