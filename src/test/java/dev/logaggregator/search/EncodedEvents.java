package dev.logaggregator.search;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Events as the log holds them, to be looked at one by one. */
final class EncodedEvents {

  private final EventBatch.Builder builder = new EventBatch.Builder(Instant.EPOCH);
  private @Nullable EventBatch built;

  EncodedEvents add(Instant timestamp) {
    return add(timestamp, null, null);
  }

  /** An event of which only the payload matters. */
  EncodedEvents add(String payload) {
    return add(Instant.EPOCH, null, null, payload);
  }

  EncodedEvents add(Instant timestamp, String payload) {
    return add(timestamp, null, null, payload);
  }

  EncodedEvents add(Instant timestamp, @Nullable Level level, @Nullable String source) {
    return add(timestamp, level, source, "1");
  }

  private EncodedEvents add(
      Instant timestamp, @Nullable Level level, @Nullable String source, String payload) {
    EventDraft draft = new EventDraft();
    draft.topic = new Topic("t");
    draft.timestamp = timestamp;
    draft.level = level;
    if (source != null) {
      draft.source.set(source.getBytes(StandardCharsets.UTF_8));
    }
    draft.payload.set(payload.getBytes(StandardCharsets.UTF_8));
    builder.add(draft, 1);
    return this;
  }

  void forEach(Consumer<EventView> action) {
    EventBatch batch = built == null ? builder.build() : built;
    built = batch;
    EventView view = new EventView(number -> batch.topics().get(number));
    view.attach(batch.bytes(), 0);
    for (int i = 0; i < batch.size(); i++) {
      view.moveTo(batch.start(i));
      action.accept(view);
    }
  }

  /** Lets them be counted one by one, and returns what has counted them. */
  <C extends EventCounter> C countedBy(C counter) {
    CountedPart<C> found = new CountedPart<>(counter);
    forEach(found::count);
    return counter;
  }
}
