package dev.logaggregator.stream;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Topic;
import dev.logaggregator.store.EventStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;

/** Puts events into a running service's log, past its publish routes. */
final class Published {

  private final EventStore store;
  private final String topic;

  Published(RunningAggregator server, String topic) {
    this.store = server.bean(EventStore.class);
    this.topic = topic;
  }

  /** One event for each id. */
  void publish(String... ids) {
    EventBatch.Builder batch = new EventBatch.Builder(Instant.now());
    for (String id : ids) {
      add(batch, id, null, "{\"id\":\"" + id + "\"}");
    }
    store.publish(batch.build());
  }

  void publish(String id, Level level) {
    EventBatch.Builder batch = new EventBatch.Builder(Instant.now());
    add(batch, id, level, "{}");
    store.publish(batch.build());
  }

  /** Events numbered from (inclusive) to (exclusive), with some text each. */
  void publishNumbered(int from, int to, String text) {
    publishNumbered(from, to, () -> text);
  }

  /** The same, with a text for each. */
  void publishNumbered(int from, int to, Supplier<String> text) {
    EventBatch.Builder batch = new EventBatch.Builder(Instant.now());
    for (int i = from; i < to; i++) {
      add(batch, String.valueOf(i), null, "\"" + text.get() + "\"");
    }
    store.publish(batch.build());
  }

  private void add(EventBatch.Builder batch, String id, Level level, String payload) {
    EventDraft draft = new EventDraft();
    draft.topic = new Topic(topic);
    draft.id.set(id.getBytes(StandardCharsets.UTF_8));
    draft.level = level;
    draft.payload.set(payload.getBytes(StandardCharsets.UTF_8));
    batch.add(draft, payload.length());
  }
}
