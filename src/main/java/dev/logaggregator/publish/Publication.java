package dev.logaggregator.publish;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.event.Topic;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.StoreUnavailableException;
import dev.logaggregator.store.TooManyTopicsException;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request's events on their way into the log: taken one by one, stored in batches, and what
 * became of them. One thread only.
 */
final class Publication {

  /** Memory for rejected events before the first is stored. */
  private static final int MOST_HELD_BYTES = 1024 * 1024;

  private final EventStore store;
  private final InstantSource clock;
  private final @Nullable Topic topic;
  private final byte[] givenId;
  private final int maxEventBytes;
  private final int hops;
  private final EventBatch.Builder batch;
  private final EventDraft draft = new EventDraft();
  private final RejectedEvents rejectedEvents;
  private final JsonBuffer firstEvent = new JsonBuffer(0);

  private Receipt receipt = Receipt.NOTHING;
  private long taken;
  private boolean eventsInBatch;
  private int rejectedInBatch;
  private long rejected;
  private boolean onlyOversized = true;

  /**
   * @param topic of all the events; null if each says its own
   * @param givenId the id that came with the request, which then has one event; empty if none did
   * @param maxEventBytes how large an event may be, as it was sent
   * @param hops through how many pushes the events have come
   */
  Publication(
      EventStore store,
      InstantSource clock,
      @Nullable Topic topic,
      byte[] givenId,
      int maxEventBytes,
      int hops) {
    this.store = store;
    this.clock = clock;
    this.topic = topic;
    this.givenId = givenId;
    this.maxEventBytes = maxEventBytes;
    this.hops = hops;
    this.batch = new EventBatch.Builder(clock.instant());
    this.rejectedEvents = new RejectedEvents(maxEventBytes);
  }

  /** To be filled for {@link #accept}, or not to be, for {@link #reject}. */
  EventDraft draft() {
    draft.clear();
    draft.topic = topic;
    return draft;
  }

  /** Memory that what was taken and isn't stored yet takes, in bytes. */
  long pendingBytes() {
    return batch.sizeBytes() + rejectedEvents.heldBytes();
  }

  /**
   * To be called between the events of a body that may go on for ever.
   *
   * @throws Refusal when so many were rejected, and none stored, that it isn't worth to go on
   */
  void requireHope() {
    if (rejectedEvents.heldBytes() > MOST_HELD_BYTES) {
      throw nothingStored();
    }
  }

  /** Takes the event that lies there, whether it is valid or not. */
  void take(EventDecoder decoder, byte[] bytes, int from, int to, long line) {
    EventDraft event = draft();
    if (to - from > maxEventBytes) {
      reject(new OversizedEventException(to - from, maxEventBytes), bytes, from, to, line);
      return;
    }
    try {
      decoder.decode(bytes, from, to, event);
    } catch (InvalidEventException e) {
      reject(e, bytes, from, to, line);
      return;
    }
    accept(to - from);
  }

  /** Takes the event in the draft. */
  void accept(int bytesReceived) {
    requireOnly();
    if (draft.id.isEmpty() && givenId.length > 0) {
      draft.id.set(givenId);
    }
    if (hops > 0) {
      Hops.keep(hops, draft.attributes);
    }
    if (batch.isEmpty()) {
      batch.receivedAt(clock.instant());
    }
    rejectedInBatch += rejectedEvents.releaseTo(batch);
    batch.add(draft, bytesReceived);
    eventsInBatch = true;
    if (taken == 0) {
      ReceiptJson.identify(draft, firstEvent);
    }
    taken++;
  }

  /** Takes an event that is invalid. */
  void reject(InvalidEventException reason, byte[] bytes, int from, int to, long line) {
    reject(reason, new RawEvent(bytes, from, to, line));
  }

  /** Takes the beginning of an event that is too large to be kept. */
  void takeCut(RawEvent beginning) {
    draft();
    reject(new OversizedEventException(beginning.bytesReceived(), maxEventBytes), beginning);
  }

  private void reject(InvalidEventException reason, RawEvent raw) {
    requireOnly();
    onlyOversized &= reason instanceof OversizedEventException;
    RejectedEvent event = new RejectedEvent(taken++, raw.line(), reason.field(), reason.reason());
    rejectedEvents.list(event);
    if (eventsInBatch || storedAny()) {
      rejectedEvents.store(event, raw, draft.topic, batch);
      rejectedInBatch++;
    } else {
      rejectedEvents.hold(event, raw, draft.topic);
    }
  }

  private void requireOnly() {
    if (givenId.length > 0 && taken > 0) {
      throw Refusal.invalid(
          "id and Idempotency-Key name one event, but the request has more: give each an id of its"
              + " own, or leave them out.");
    }
  }

  private boolean storedAny() {
    return receipt.accepted() + receipt.duplicates() > 0;
  }

  /**
   * Stores what was taken since the last time; with an id for the only event, not before it is
   * known to be the only one.
   */
  void storeArrived() {
    if (givenId.length == 0) {
      store();
    }
  }

  private void store() {
    if (batch.isEmpty()) {
      return;
    }
    try {
      receipt = receipt.plus(store.publish(batch.build()));
    } catch (TooManyTopicsException e) {
      throw notStored(e, Refusal.tooManyTopics(String.valueOf(e.getMessage())));
    } catch (StoreUnavailableException e) {
      throw notStored(e, Refusal.unavailable(String.valueOf(e.getMessage())));
    }
    rejected += rejectedInBatch;
    rejectedInBatch = 0;
    eventsInBatch = false;
  }

  /** A batch wasn't stored: the answer says how far the request got before, if anywhere. */
  private RuntimeException notStored(RuntimeException reason, Refusal refusal) {
    rejectedEvents.truncateList((int) Math.min(rejected, RejectedEvents.MOST_LISTED));
    return storedAny() ? refusal.with(receipt()) : reason;
  }

  /**
   * Stores the rest.
   *
   * @throws Refusal when nothing at all was stored
   */
  void finish() {
    store();
    if (taken == 0) {
      throw Refusal.empty();
    }
    if (!storedAny()) {
      throw nothingStored();
    }
  }

  /** Drops what was taken, of which nothing was stored yet, for one reason that concerns it all. */
  Refusal malformed(InvalidEventException reason, byte[] body, long line) {
    batch.build();
    eventsInBatch = false;
    rejectedInBatch = 0;
    rejectedEvents.clear();
    onlyOversized = false;
    reject(reason, body, 0, body.length, line);
    return nothingStored();
  }

  /** The request can't be read any further: stores what came before, and says so in the answer. */
  Refusal brokenOff(Refusal refusal) {
    storeArrived();
    countHeld();
    return refusal.with(receipt());
  }

  private Refusal nothingStored() {
    countHeld();
    RejectedEvent first = rejectedEvents.listed().getFirst();
    String detail =
        rejected == 1
            ? first.sentence()
            : "None of %d events could be stored; the first: %s"
                .formatted(rejected, first.sentence());
    Refusal refusal =
        onlyOversized ? Refusal.eventTooLarge(detail) : Refusal.invalid(first.field(), detail);
    return refusal.with(receipt());
  }

  /** Has the statistics know of what was rejected, although nothing of it is kept. */
  private void countHeld() {
    int held = rejectedEvents.countIn(batch);
    if (held > 0) {
      store.publish(batch.build());
      rejected += held;
    }
  }

  /** Whether some events were stored and some rejected. */
  boolean isPartial() {
    return rejected > 0;
  }

  /** The answer to a request that was read to its end. */
  JsonBuffer answer() {
    JsonBuffer out = new JsonBuffer(256);
    boolean single = taken == 1 && storedAny();
    ReceiptJson.write(
        receipt,
        rejected,
        store.durability(),
        rejectedEvents.listed(),
        single ? firstEvent : null,
        out);
    return out;
  }

  private Map<String, Object> receipt() {
    return ReceiptJson.members(receipt, rejected, store.durability(), rejectedEvents.listed());
  }
}
