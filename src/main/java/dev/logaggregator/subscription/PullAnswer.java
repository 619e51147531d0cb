package dev.logaggregator.subscription;

import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.store.Gap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pull answers. Has nothing in it until there is an event, so that those who wait take
 * little; then as much as can be claimed, up to {@value #MOST_BYTES} bytes.
 */
final class PullAnswer implements DeliverySink {

  /** An answer that has so much gets no further event; the next pull does. */
  private static final int MOST_BYTES = 8 << 20;

  private static final int FIRST_CAPACITY = 1024;

  /** Beside the event: the rest of a message, its id, and where it ends. */
  private static final int BYTES_BESIDE_EVENT = 256;

  private static final String BEGIN = "{\"messages\":[";

  /** A message in the answer, and where it begins. */
  private record Message(String ackId, int start) {}

  private final ClientConnection connection;
  private final Claim claim;
  private final List<Message> messages = new ArrayList<>(0);
  private @Nullable JsonBuffer out;

  /**
   * @param claim for what the answer takes until it is sent
   */
  PullAnswer(ClientConnection connection, Claim claim) {
    this.connection = connection;
    this.claim = claim;
  }

  private JsonBuffer begun() {
    JsonBuffer begun = out;
    if (begun == null) {
      begun = new JsonBuffer(FIRST_CAPACITY).ascii(BEGIN);
      out = begun;
    }
    return begun;
  }

  @Override
  public Accepted accept(Delivery delivery, EventView event) {
    JsonBuffer answer = begun();
    if (!makeRoom(answer.length() + (long) EventJson.mostBytes(event) + BYTES_BESIDE_EVENT)) {
      return Accepted.NOT;
    }
    messages.add(new Message(delivery.ackId(), answer.length()));
    answer.ascii(messages.size() == 1 ? "{\"ackId\":\"" : ",{\"ackId\":\"");
    answer.ascii(delivery.ackId()).ascii("\",\"delivery\":").number(delivery.number());
    answer.ascii(",\"event\":");
    EventJson.write(event, answer);
    answer.put('}');
    return answer.length() < MOST_BYTES ? Accepted.AND_MORE : Accepted.AS_LAST;
  }

  /** The first event has to fit; further ones may come with the next pull. */
  private boolean makeRoom(long length) {
    if (messages.isEmpty()) {
      claim.atLeast(claimFor(length));
      return true;
    }
    return claim.tryAtLeast(claimFor(length));
  }

  /** An array that grows is twice as large as it has to be, and copied from one half as large. */
  private long claimFor(long length) {
    return 3 * length + (long) messages.size() * BYTES_BESIDE_EVENT;
  }

  @Override
  public void undo(int count) {
    if (count > 0) {
      int left = messages.size() - count;
      begun().truncate(messages.get(left).start);
      messages.subList(left, messages.size()).clear();
    }
  }

  @Override
  public boolean isWanted() {
    return !connection.isGoneNow();
  }

  /** The ids of what is in it. */
  List<String> ackIds() {
    return messages.stream().map(Message::ackId).toList();
  }

  /** The document. */
  JsonBuffer end(@Nullable Gap gap) {
    JsonBuffer answer = begun();
    answer.put(']');
    SubscriptionJson.gap(gap, answer);
    return answer.put('}');
  }
}
