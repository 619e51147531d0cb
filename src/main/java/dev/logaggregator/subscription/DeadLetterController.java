package dev.logaggregator.subscription;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.request.EventPieces;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.store.EventStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What ran out of deliveries. */
@RestController
@RequestMapping(path = "/subscriptions/{name}/dead-letters")
final class DeadLetterController {

  private static final int SHOWN = 100;
  private static final int MOST_SHOWN = 1_000;

  /** An answer that has so much gets no further one. */
  private static final int MOST_BYTES = 8 << 20;

  private final EventStore store;
  private final Subscriptions subscriptions;
  private final MemoryAccount memory;

  DeadLetterController(EventStore store, Subscriptions subscriptions, MemoryAccount memory) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.memory = memory;
  }

  @GetMapping
  void browse(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters parameters = QueryParameters.of(request, Set.of("after", "max"));
    int max = parameters.number("max", 1, MOST_SHOWN, SHOWN);
    String after = parameters.text("after");
    long afterOffset = after == null ? -1 : Cursor.parse("after", after).offset();
    Subscription subscription = subscriptions.require(name);
    List<DeadLetter> letters = subscription.deadLetters(afterOffset, max + 1);
    try (AnswerChunks answer = answer(request, response)) {
      write(letters, max, answer);
      answer.end();
    } catch (EventPieces.EvictedException incomplete) {
      ClientConnection.of(request).cutOff();
    }
  }

  private AnswerChunks answer(HttpServletRequest request, HttpServletResponse response) {
    return new AnswerChunks(request, response, CacheControl.noStore(), memory);
  }

  private void write(List<DeadLetter> letters, int max, AnswerChunks answer) throws IOException {
    JsonBuffer out = answer.buffer();
    out.ascii("{\"deadLetters\":[");
    int shown = 0;
    int most = Math.min(max, letters.size());
    while (shown < most && answer.length() < MOST_BYTES) {
      out.ascii(shown == 0 ? "" : ",");
      write(letters.get(shown), answer);
      shown++;
    }
    out.put(']');
    boolean hasMore = shown < letters.size();
    if (hasMore) {
      long last = letters.get(shown - 1).offset();
      out.ascii(",\"next\":").string(subscriptions.cursor(last).toString());
    }
    out.ascii(",\"hasMore\":").ascii(Boolean.toString(hasMore)).put('}');
  }

  private void write(DeadLetter letter, AnswerChunks answer) throws IOException {
    JsonBuffer out = answer.buffer();
    out.ascii("{\"offset\":").number(letter.offset());
    out.ascii(",\"deliveries\":").number(letter.deliveries());
    out.ascii(",\"reason\":").string(letter.reason());
    out.ascii(",\"at\":").timestamp(letter.at());
    boolean[] large = {false};
    boolean retained =
        store.readAt(
            letter.offset(),
            event -> {
              out.ascii(",\"event\":");
              if (answer.isSmall(event)) {
                EventJson.write(event, out);
              } else {
                large[0] = true;
              }
              return false;
            });
    if (large[0]) {
      answer.sendEvent(store, letter.offset());
    }
    out.ascii(retained ? "}" : ",\"evicted\":true}");
    answer.endOfPart();
  }

  /** Without a list of offsets, all of them. */
  @PostMapping("/replay")
  void replay(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    Subscription subscription = subscriptions.require(name);
    Set<Long> chosen;
    try (Claim claim = memory.claim(Use.BODIES, request.getRemoteAddr())) {
      chosen = JsonFields.of(request, Set.of("offsets"), claim).numbers("offsets");
    }
    List<Long> offsets =
        subscription.deadLetters(-1, Integer.MAX_VALUE).stream()
            .map(DeadLetter::offset)
            .filter(offset -> chosen == null || chosen.contains(offset))
            .toList();
    if (chosen != null && offsets.size() < chosen.size()) {
      throw new InvalidEventException("offsets", "must be those of dead letters; some are not");
    }
    try (AnswerChunks answer = answer(request, response)) {
      if (!offsets.isEmpty()) {
        subscriptions.replay(subscription, offsets);
      }
      answer.buffer().ascii("{\"replayed\":").number(offsets.size()).put('}');
      answer.end();
    }
  }
}
