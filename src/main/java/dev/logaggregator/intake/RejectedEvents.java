package dev.logaggregator.intake;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.Topic;
import dev.logaggregator.json.JsonBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
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

  /** What one takes that is held back, and one that is listed, besides its bytes. */
  private static final int BYTES_PER_EVENT = 100;

  private record Held(byte[] payload, long bytesReceived) {}

  private final int maxRawBytes;
  private final List<RejectedEvent> listed = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private final EventDraft draft = new EventDraft();
  private final JsonBuffer payload = new JsonBuffer(0);
  private long heldBackBytes;
  private long listedBytes;

  /**
   * @param maxRawBytes how much of an event's raw text is kept, as JSON
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
      listedBytes += BYTES_PER_EVENT + 2L * event.reason().length();
    }
  }

  /** Takes the latest ones off the list, down to so many. */
  void truncateList(int size) {
    listed.subList(Math.min(size, listed.size()), listed.size()).clear();
  }

  /** Holds one back. */
  void holdBack(RejectedEvent event, RawEvent raw, @Nullable Topic topic) {
    write(event, raw, topic);
    held.add(new Held(payload.toByteArray(), raw.bytesReceived()));
    heldBackBytes += BYTES_PER_EVENT + payload.length();
  }

  /** Memory that those take which are held back, in bytes. */
  long heldBackBytes() {
    return heldBackBytes;
  }

  /** Memory that all of this takes, in bytes. */
  long heldBytes() {
    return heldBackBytes + listedBytes + payload.bytes().length;
  }

  /**
   * Has those stored that were held back, since there is an event to be stored.
   *
   * @return how many
   */
  int release(ObjLongConsumer<EventDraft> batch) {
    if (held.isEmpty()) {
      return 0;
    }
    for (Held event : held) {
      draft.payload.set(event.payload);
      add(batch, event.bytesReceived);
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
    heldBackBytes = 0;
    return count;
  }

  /** As if there had been none. */
  void clear() {
    listed.clear();
    listedBytes = 0;
    forgetHeld();
  }

  /** Has one stored at once, since there is an event to be stored. */
  void keep(
      RejectedEvent event, RawEvent raw, @Nullable Topic topic, ObjLongConsumer<EventDraft> batch) {
    write(event, raw, topic);
    draft.payload.set(payload.bytes(), 0, payload.length());
    add(batch, raw.bytesReceived());
  }

  private void add(ObjLongConsumer<EventDraft> batch, long bytesReceived) {
    draft.topic = Topic.REJECTED;
    batch.accept(draft, bytesReceived);
    draft.clear();
  }

  private void write(RejectedEvent event, RawEvent raw, @Nullable Topic topic) {
    payload.clear();
    event.writeOpen(payload);
    if (topic != null) {
      payload.ascii(",\"topic\":\"").ascii(topic.name()).put('"');
    }
    byte[] text = PayloadDecoder.text(raw.bytes(), raw.from(), raw.to());
    boolean same = text == raw.bytes();
    int from = same ? raw.from() : 0;
    int end = same ? raw.to() : text.length;
    int kept = JsonBuffer.fitting(text, from, end, maxRawBytes);
    if (kept < end || raw.isTruncated()) {
      payload.ascii(",\"bytes\":").number(raw.bytesReceived()).ascii(",\"truncated\":true");
    }
    payload.ascii(",\"raw\":");
    payload.string(text, from, kept);
    payload.put('}');
  }
}
