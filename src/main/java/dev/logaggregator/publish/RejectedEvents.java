package dev.logaggregator.publish;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.Topic;
import dev.logaggregator.json.JsonBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a request that were rejected: the first of them for the answer, and each as an
 * event for {@link Topic#REJECTED}, with its raw text.
 *
 * <p>A request of which nothing is stored leaves nothing behind, not even there. So until the first
 * event is stored they are held back.
 */
final class RejectedEvents {

  /** How many an answer lists. */
  static final int MOST_LISTED = 100;

  private record Held(byte[] payload, long bytesReceived) {}

  private final int maxRawBytes;
  private final List<RejectedEvent> listed = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private final EventDraft draft = new EventDraft();
  private final JsonBuffer payload = new JsonBuffer(0);
  private long heldBytes;

  /**
   * @param maxRawBytes how much of an event's raw text is kept
   */
  RejectedEvents(int maxRawBytes) {
    this.maxRawBytes = maxRawBytes;
  }

  /** The first of them. */
  List<RejectedEvent> listed() {
    return listed;
  }

  /** Lists one for the answer. */
  void list(RejectedEvent event) {
    if (listed.size() < MOST_LISTED) {
      listed.add(event);
    }
  }

  /** Takes the latest ones off the list, down to so many. */
  void truncateList(int size) {
    listed.subList(Math.min(size, listed.size()), listed.size()).clear();
  }

  /** Holds one back. */
  void hold(RejectedEvent event, RawEvent raw, @Nullable Topic topic) {
    write(event, raw, topic);
    held.add(new Held(payload.toByteArray(), raw.bytesReceived()));
    heldBytes += payload.length();
  }

  /** Memory that those take which are held back, in bytes. */
  long heldBytes() {
    return heldBytes;
  }

  /**
   * Moves those that were held back into a batch in which there is an event to be stored.
   *
   * @return how many
   */
  int releaseTo(EventBatch.Builder batch) {
    for (Held event : held) {
      draft.payload.set(event.payload);
      store(batch, event.bytesReceived);
    }
    return forgetHeld();
  }

  /**
   * Has a batch count those that were held back, without storing them.
   *
   * @return how many
   */
  int countIn(EventBatch.Builder batch) {
    for (Held event : held) {
      batch.reject(event.bytesReceived);
    }
    return forgetHeld();
  }

  private int forgetHeld() {
    int count = held.size();
    held.clear();
    heldBytes = 0;
    return count;
  }

  /** As if there had been none. */
  void clear() {
    listed.clear();
    forgetHeld();
  }

  /** Adds one to a batch in which there is an event to be stored. */
  void store(RejectedEvent event, RawEvent raw, @Nullable Topic topic, EventBatch.Builder batch) {
    write(event, raw, topic);
    draft.payload.set(payload.bytes(), 0, payload.length());
    store(batch, raw.bytesReceived());
  }

  private void store(EventBatch.Builder batch, long bytesReceived) {
    draft.topic = Topic.REJECTED;
    batch.add(draft, 0);
    batch.reject(bytesReceived);
    draft.clear();
  }

  private void write(RejectedEvent event, RawEvent raw, @Nullable Topic topic) {
    payload.clear();
    event.writeOpen(payload);
    if (topic != null) {
      payload.ascii(",\"topic\":\"").ascii(topic.name()).put('"');
    }
    int kept = Math.min(raw.length(), maxRawBytes);
    if (kept < raw.bytesReceived()) {
      payload.ascii(",\"bytes\":").number(raw.bytesReceived()).ascii(",\"truncated\":true");
    }
    payload.ascii(",\"raw\":");
    PayloadDecoder.writeText(raw.bytes(), raw.from(), raw.from() + kept, payload);
    payload.put('}');
  }
}
