package dev.logaggregator.subscription.push;

import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Hops;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.subscription.Delivery;
import dev.logaggregator.subscription.DeliverySink;
import org.jspecify.annotations.Nullable;

/** Takes one event, and makes what is pushed of it, if there is memory for that. */
final class NextMessage implements DeliverySink {

  /**
   * Of a body: its bytes, and, while it is signed, its text of two bytes a character, and a copy.
   */
  private static final long COPIES = 4;

  private final Claim claim;
  private final int maxHops;
  private @Nullable Message message;

  /**
   * @param claim for the message, until it was pushed
   */
  NextMessage(Claim claim, int maxHops) {
    this.claim = claim;
    this.maxHops = maxHops;
  }

  @Override
  public Accepted accept(Delivery delivery, EventView event) {
    int hops = Hops.of(event);
    if (hops >= maxHops) {
      return take(
          delivery, hops, "came through " + hops + " pushes already: it goes round in a circle");
    }
    int length = EventJson.mostBytes(event);
    try {
      claim.atLeast(COPIES * length);
    } catch (MemoryExhaustedException e) {
      return e.isPermanent() ? take(delivery, hops, e.getMessage()) : Accepted.NOT;
    }
    JsonBuffer body = new JsonBuffer(length);
    EventJson.write(event, body);
    message = new Message(delivery, body.toByteArray(), hops, null);
    return Accepted.AS_LAST;
  }

  private Accepted take(Delivery delivery, int hops, @Nullable String refusal) {
    message = new Message(delivery, new byte[0], hops, refusal);
    return Accepted.AS_LAST;
  }

  @Override
  public void undo(int count) {
    if (count > 0) {
      message = null;
    }
  }

  @Override
  public boolean isWanted() {
    return true;
  }

  /** Null if none was taken. */
  @Nullable Message message() {
    return message;
  }
}
