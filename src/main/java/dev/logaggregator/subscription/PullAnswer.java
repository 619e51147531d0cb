package dev.logaggregator.subscription;

import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Gap;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;

/**
 * What a pull answers: a chunk at a time, which is sent when what is in it counts as delivered. Has
 * no chunk until there is an event, so that those who wait take little. An event that is large
 * beside a chunk ends it, and is sent from where it lies.
 */
final class PullAnswer implements DeliverySink, AutoCloseable {

  /** An answer that has so much gets no further event; the next pull does. */
  private static final long MOST_BYTES = 8 << 20;

  /** Nor does one that has taken so long, since deadlines run: the client is slow. */
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Of a delivery whose id is remembered until the answer is sent. */
  private static final int BYTES_PER_MESSAGE = 128;

  private static final String BEGIN = "{\"messages\":[";
  private static final long NONE = -1;

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final ClientConnection connection;
  private final EventStore store;
  private final MemoryAccount memory;
  private final Claim claim;
  private final List<String> ackIds = new ArrayList<>(0);

  /** Where those messages begin that are in the chunk. */
  private final List<Integer> starts = new ArrayList<>(0);

  private @Nullable AnswerChunks chunks;
  private long beganNanos;

  /** Offset of the event that ends the chunk; none if its last one is in it. */
  private long large = NONE;

  private boolean full;

  PullAnswer(
      HttpServletRequest request,
      HttpServletResponse response,
      EventStore store,
      MemoryAccount memory) {
    this.request = request;
    this.response = response;
    this.connection = ClientConnection.of(request);
    this.store = store;
    this.memory = memory;
    claim = memory.claim(Use.ANSWERS, request.getRemoteAddr());
  }

  private AnswerChunks begun() {
    AnswerChunks begun = chunks;
    if (begun == null) {
      begun = new AnswerChunks(request, response, CacheControl.noStore(), memory);
      begun.buffer().ascii(BEGIN);
      beganNanos = System.nanoTime();
      chunks = begun;
    }
    return begun;
  }

  @Override
  public Accepted accept(Delivery delivery, EventView event) {
    AnswerChunks out = begun();
    if (!claim.tryAtLeast((ackIds.size() + 1L) * BYTES_PER_MESSAGE)) {
      return Accepted.NOT;
    }
    JsonBuffer json = out.buffer();
    starts.add(json.length());
    json.ascii(ackIds.isEmpty() ? "{\"ackId\":\"" : ",{\"ackId\":\"").ascii(delivery.ackId());
    json.ascii("\",\"delivery\":").number(delivery.number()).ascii(",\"event\":");
    ackIds.add(delivery.ackId());
    if (out.isSmall(event)) {
      EventJson.write(event, json);
      json.put('}');
    } else {
      large = delivery.offset();
    }
    full = large != NONE || out.isFull();
    return full ? Accepted.AS_LAST : Accepted.AND_MORE;
  }

  @Override
  public void undo(int count) {
    if (count > 0) {
      int left = starts.size() - count;
      begun().buffer().truncate(starts.get(left));
      starts.subList(left, starts.size()).clear();
      ackIds.subList(ackIds.size() - count, ackIds.size()).clear();
      large = NONE;
      full = false;
    }
  }

  @Override
  public boolean isWanted() {
    return !connection.isGoneNow();
  }

  /**
   * Sends the chunk if it is full.
   *
   * @return whether it was, and there is room for another one
   */
  boolean sendFull() throws IOException {
    if (!full) {
      return false;
    }
    AnswerChunks out = begun();
    send(out);
    return out.length() < MOST_BYTES && System.nanoTime() - beganNanos < LONGEST_NANOS;
  }

  private void send(AnswerChunks out) throws IOException {
    if (large == NONE) {
      out.send();
    } else {
      out.sendEvent(store, large);
      out.buffer().put('}');
    }
    large = NONE;
    full = false;
    starts.clear();
  }

  /** Ends the document, and sees to it that all of it is sent. */
  void end(@Nullable Gap gap) throws IOException {
    AnswerChunks out = begun();
    if (large != NONE) {
      send(out);
    }
    out.buffer().put(']');
    SubscriptionJson.gap(gap, out.buffer());
    out.buffer().put('}');
    out.end();
    response.flushBuffer();
  }

  /** The client is told by the end of its connection that what it has isn't all. */
  void breakOff() {
    connection.cutOff();
  }

  /** The ids of the deliveries that are in it, or were to be. */
  List<String> ackIds() {
    return ackIds;
  }

  @Override
  public void close() {
    claim.close();
    if (chunks != null) {
      chunks.close();
    }
  }
}
