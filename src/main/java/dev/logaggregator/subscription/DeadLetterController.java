package dev.logaggregator.subscription;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.request.JsonAnswer;
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
    try (Claim claim = memory.claim(Use.ANSWERS, request.getRemoteAddr())) {
      JsonBuffer out = page(subscription.deadLetters(afterOffset, max + 1), max, claim);
      JsonAnswer.send(response, out, CacheControl.noStore());
    }
  }

  /** As many as are asked for, and as there is memory for; one at least. */
  private JsonBuffer page(List<DeadLetter> letters, int max, Claim claim) throws IOException {
    JsonBuffer out = new JsonBuffer(1024);
    out.ascii("{\"deadLetters\":[");
    int shown = 0;
    int most = Math.min(max, letters.size());
    while (shown < most
        && out.length() < MOST_BYTES
        && write(letters.get(shown), shown, claim, out)) {
      shown++;
    }
    out.put(']');
    boolean hasMore = shown < letters.size();
    if (hasMore) {
      long last = letters.get(shown - 1).offset();
      out.ascii(",\"next\":").string(subscriptions.cursor(last).toString());
    }
    return out.ascii(",\"hasMore\":").ascii(Boolean.toString(hasMore)).put('}');
  }

  /** Whether there was memory for it. */
  private boolean write(DeadLetter letter, int before, Claim claim, JsonBuffer out)
      throws IOException {
    int start = out.length();
    out.ascii(before == 0 ? "" : ",");
    out.ascii("{\"offset\":").number(letter.offset());
    out.ascii(",\"deliveries\":").number(letter.deliveries());
    out.ascii(",\"reason\":").string(letter.reason());
    out.ascii(",\"at\":").timestamp(letter.at());
    boolean[] fits = {true};
    boolean retained =
        store.readAt(
            letter.offset(),
            event -> {
              long length = out.length() + (long) EventJson.mostBytes(event);
              // An array that grows is twice as large as it has to be, and copied from one half.
              if (before == 0) {
                claim.atLeast(3 * length);
              } else if (!claim.tryAtLeast(3 * length)) {
                fits[0] = false;
                return false;
              }
              out.ascii(",\"event\":");
              EventJson.write(event, out);
              return false;
            });
    if (!fits[0]) {
      out.truncate(start);
      return false;
    }
    out.ascii(retained ? "}" : ",\"evicted\":true}");
    return true;
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
    if (!offsets.isEmpty()) {
      subscriptions.replay(subscription, offsets);
    }
    JsonBuffer out = new JsonBuffer(64);
    out.ascii("{\"replayed\":").number(offsets.size()).put('}');
    JsonAnswer.send(response, out, CacheControl.noStore());
  }
}
