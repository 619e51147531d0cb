package dev.logaggregator.store;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.Event;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes batches and reads logs, for tests. */
public final class Events {

  public static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");

  private Events() {}

  /** A batch of events of one topic with these ids. */
  static EventBatch batch(String topic, String... ids) {
    return batchAt(NOW, topic, ids);
  }

  /** The same, received at that time. */
  static EventBatch batchAt(Instant receivedAt, String topic, String... ids) {
    EventBatch.Builder builder = new EventBatch.Builder(receivedAt);
    for (String id : ids) {
      add(builder, topic, id, "{\"id\":\"" + id + "\"}");
    }
    return builder.build();
  }

  public static void add(EventBatch.Builder builder, String topic, String id, String payload) {
    EventDraft draft = new EventDraft();
    draft.topic = new Topic(topic);
    draft.id.set(id.getBytes(StandardCharsets.UTF_8));
    draft.payload.set(payload.getBytes(StandardCharsets.UTF_8));
    builder.add(draft, payload.length());
  }

  /** Every event that is retained, in that order. */
  static List<Event> all(EventStore store, Order order) {
    return read(store, new ReadRequest(new Any(), order, start(order), Long.MAX_VALUE));
  }

  static long start(Order order) {
    return order == Order.ASC ? ReadRequest.OLDEST : ReadRequest.NEWEST;
  }

  static List<Event> read(EventStore store, ReadRequest request) {
    List<Event> events = new ArrayList<>();
    try {
      store.read(request, event -> events.add(event.toEvent()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  /** Takes every event. */
  public record Any() implements EventFilter {
    @Override
    public boolean matches(EventView event) {
      return true;
    }

    @Override
    public Verdict judge(BlockSummary block) {
      return Verdict.ALL;
    }
  }

  /** Takes the events of one topic. */
  record Of(String topic) implements EventFilter {
    @Override
    public boolean matches(EventView event) {
      return event.topic().name().equals(topic);
    }

    @Override
    public Verdict judge(BlockSummary block) {
      boolean all = true;
      boolean any = false;
      for (int i = 0; i < block.topicCount(); i++) {
        boolean same = block.topic(i).name().equals(topic);
        all &= same;
        any |= same;
      }
      return all ? Verdict.ALL : any ? Verdict.SOME : Verdict.NONE;
    }
  }
}
