package dev.logaggregator.intake;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.Hops;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.event.Topic;
import dev.logaggregator.intake.HeldMemory.Part;
import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.StoreUnavailableException;
import dev.logaggregator.store.TooManyTopicsException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request's events on their way into the log: taken one by one, stored in batches, and what
 * became of them. One thread only.
 *
 * <p>What is taken is claimed on the account until it is stored.
 */
public final class Publication {

  /** Memory for rejected events before the first is stored. */
  private static final int MOST_HELD_BYTES = 1024 * 1024;

  /** This, its draft and its lists. */
  private static final int OWN_BYTES = 1024;

  /** A batch that has waited for longer was not received when its first event came. */
  private static final Duration HELD_BACK = Duration.ofMillis(100);

  /** Memory for events to come that is kept, whether it is used or not. */
  private static final int KEPT_BYTES = 32 * 1024;

  /** Beyond it, that is more than so many times what the latest batch took. */
  private static final int TOO_LARGE = 8;

  private final EventStore store;
  private final InstantSource clock;
  private final @Nullable Topic topic;
  private final byte @Nullable [] givenId;
  private final int maxEventBytes;
  private final int hops;
  private final HeldMemory memory;
  private final EventBatch.Builder batch;
  private final EventDraft draft = new EventDraft();
  private final RejectedEvents rejectedEvents;
  private @Nullable EventName firstEvent;

  private Receipt receipt = Receipt.NOTHING;
  private long taken;
  private Instant firstInBatch = Instant.EPOCH;
  private boolean eventsInBatch;
  private long decoderBytes;
  private int rejectedInBatch;
  private long rejected;
  private boolean onlyOversized = true;

  /**
   * @param topic of all the events; null if each says its own
   * @param preset with an id there is one event
   * @param maxEventBytes how large an event may be, as it was sent and as it is kept
   */
  Publication(
      EventStore store,
      InstantSource clock,
      @Nullable Topic topic,
      Preset preset,
      int maxEventBytes,
      HeldMemory memory) {
    this.store = store;
    this.clock = clock;
    this.topic = topic;
    this.givenId = preset.id();
    this.maxEventBytes = maxEventBytes;
    this.hops = preset.hops();
    this.memory = memory;
    this.batch = new EventBatch.Builder(firstInBatch);
    this.rejectedEvents = new RejectedEvents(maxEventBytes);
    hold(0);
  }

  /** To be filled for {@link #accept}, or not to be, for {@link #reject}. */
  public EventDraft draft() {
    draft.clear();
    draft.topic = topic;
    return draft;
  }

  /** Claims what is held, and so much besides. */
  private void hold(long besides) {
    long own = OWN_BYTES + decoderBytes;
    memory.hold(Part.EVENTS, own + batch.heldBytes() + rejectedEvents.heldBytes() + besides);
  }

  /**
   * To be called between the events of a body that may go on for ever.
   *
   * @throws IntakeException.NothingStored when so many were rejected, and none stored, that it
   *     isn't worth to go on
   */
  void requireHope() {
    if (rejectedEvents.heldBackBytes() > MOST_HELD_BYTES) {
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
      holdDecoder(decoder);
      accept(to - from);
    } catch (InvalidEventException e) {
      reject(e, bytes, from, to, line);
    }
  }

  private void holdDecoder(EventDecoder decoder) {
    long bytes = decoder.heldBytes();
    if (bytes != decoderBytes) {
      decoderBytes = bytes;
      hold(0);
    }
  }

  /**
   * Takes the event in the draft.
   *
   * @param bytesReceived its size as it was received, for the statistics
   * @throws InvalidEventException when it is larger than an event may be; it is to be rejected then
   * @throws MemoryExhaustedException when there is no memory for it
   */
  public void accept(int bytesReceived) {
    requireOnly();
    long size = (long) draft.attributes.length() + draft.payload.length();
    if (size > maxEventBytes + PayloadDecoder.QUOTES) {
      throw OversizedEventException.asJson(size, maxEventBytes);
    }
    if (draft.id.isEmpty() && givenId != null) {
      draft.id.set(givenId);
    }
    if (hops > 0) {
      Hops.keep(hops, draft.attributes);
    }
    rejectedInBatch += rejectedEvents.release(this::addRejected);
    add(draft, bytesReceived);
    eventsInBatch = true;
    if (taken == 0) {
      firstEvent = new EventName(Objects.requireNonNull(draft.topic), draft.id.toByteArray());
    }
    taken++;
  }

  private void add(EventDraft event, long bytesReceived) {
    if (batch.isEmpty()) {
      firstInBatch = clock.instant();
      batch.receivedAt(firstInBatch);
    }
    long growth = batch.growthFor(event);
    if (growth > 0) {
      hold(growth);
    }
    batch.add(event, bytesReceived);
  }

  private void addRejected(EventDraft event, long bytesReceived) {
    add(event, 0);
    batch.reject(bytesReceived);
  }

  /** Takes an event that is invalid, of which the draft may have the topic. */
  public void reject(InvalidEventException reason, byte[] bytes, int from, int to, long line) {
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
      rejectedEvents.keep(event, raw, draft.topic, this::addRejected);
      rejectedInBatch++;
    } else {
      rejectedEvents.holdBack(event, raw, draft.topic);
    }
    hold(0);
  }

  private void requireOnly() {
    if (givenId != null && taken > 0) {
      throw new IntakeException.SeveralEvents();
    }
  }

  boolean storedAny() {
    return receipt.accepted() + receipt.duplicates() > 0;
  }

  /**
   * Stores what was taken since the last time; with an id for the only event, not before it is
   * known to be the only one.
   *
   * @throws TooManyTopicsException when it has a topic too many; the outcome says what was stored
   *     before
   * @throws StoreUnavailableException when the log takes nothing; as above
   */
  public void storeArrived() {
    if (givenId == null) {
      store();
    }
  }

  private void store() {
    if (batch.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    if (firstInBatch.plus(HELD_BACK).isBefore(now)) {
      batch.receivedAllAt(now);
    }
    int size = batch.sizeBytes();
    try {
      receipt = receipt.plus(store.publish(batch.build()));
    } catch (TooManyTopicsException | StoreUnavailableException e) {
      rejectedEvents.truncateList((int) Math.min(rejected, RejectedEvents.MOST_LISTED));
      throw e;
    }
    rejected += rejectedInBatch;
    rejectedInBatch = 0;
    eventsInBatch = false;
    if (batch.heldBytes() > Math.max(KEPT_BYTES, TOO_LARGE * (long) size)) {
      batch.shrink();
    }
    hold(0);
  }

  /** Stores the rest. */
  public Outcome finish() {
    try {
      store();
      if (taken == 0) {
        throw new IntakeException.NoEvent();
      }
      if (!storedAny()) {
        throw nothingStored();
      }
    } catch (TooManyTopicsException | StoreUnavailableException | IntakeException e) {
      return outcome(e);
    }
    return outcome(null);
  }

  /** Drops what was taken, of which nothing was stored yet, for one reason that concerns it all. */
  Outcome malformed(InvalidEventException reason, byte[] body, long line) {
    batch.build();
    eventsInBatch = false;
    rejectedInBatch = 0;
    rejectedEvents.clear();
    onlyOversized = false;
    reject(reason, body, 0, body.length, line);
    return outcome(nothingStored());
  }

  /** The request can't be read any further: stores what came before. */
  public Outcome brokenOff(RuntimeException reason) {
    RuntimeException stoppedBy = reason;
    if (!(reason instanceof TooManyTopicsException
        || reason instanceof StoreUnavailableException)) {
      try {
        storeArrived();
        countHeld();
      } catch (TooManyTopicsException | StoreUnavailableException e) {
        stoppedBy = e;
      }
    }
    return outcome(stoppedBy);
  }

  private IntakeException nothingStored() {
    countHeld();
    RejectedEvent first = rejectedEvents.listed().getFirst();
    String detail =
        rejected == 1
            ? first.sentence()
            : "None of %d events could be stored; the first: %s"
                .formatted(rejected, first.sentence());
    return new IntakeException.NothingStored(first.field(), detail, onlyOversized);
  }

  /** Has the statistics know of what was rejected, although nothing of it is kept. */
  private void countHeld() {
    int held = rejectedEvents.countIn(batch);
    if (held > 0) {
      store.publish(batch.build());
      rejected += held;
    }
  }

  private Outcome outcome(@Nullable RuntimeException stoppedBy) {
    return new Outcome(
        receipt,
        rejected,
        store.durability(),
        List.copyOf(rejectedEvents.listed()),
        taken == 1 && storedAny() ? firstEvent : null,
        stoppedBy);
  }
}
