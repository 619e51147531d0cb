package dev.logaggregator.subscription;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.JsonBuffer;
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

  private final EventStore store;
  private final Subscriptions subscriptions;

  DeadLetterController(EventStore store, Subscriptions subscriptions) {
    this.store = store;
    this.subscriptions = subscriptions;
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
    boolean hasMore = letters.size() > max;
    JsonBuffer out = new JsonBuffer(1024);
    out.ascii("{\"deadLetters\":[");
    List<DeadLetter> shown = hasMore ? letters.subList(0, max) : letters;
    for (int i = 0; i < shown.size(); i++) {
      out.ascii(i == 0 ? "" : ",");
      write(shown.get(i), out);
    }
    out.put(']');
    if (hasMore) {
      out.ascii(",\"next\":").string(subscriptions.cursor(shown.getLast().offset()).toString());
    }
    out.ascii(",\"hasMore\":").ascii(Boolean.toString(hasMore)).put('}');
    JsonAnswer.send(response, out, CacheControl.noStore());
  }

  private void write(DeadLetter letter, JsonBuffer out) throws IOException {
    out.ascii("{\"offset\":").number(letter.offset());
    out.ascii(",\"deliveries\":").number(letter.deliveries());
    out.ascii(",\"reason\":").string(letter.reason());
    out.ascii(",\"at\":").timestamp(letter.at());
    boolean retained =
        store.readAt(
            letter.offset(),
            event -> {
              out.ascii(",\"event\":");
              EventJson.write(event, out);
              return false;
            });
    out.ascii(retained ? "}" : ",\"evicted\":true}");
  }

  /** Without a list of offsets, all of them. */
  @PostMapping("/replay")
  void replay(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    Subscription subscription = subscriptions.require(name);
    JsonFields fields = JsonFields.of(request, Set.of("offsets"));
    Set<Long> chosen = fields.numbers("offsets");
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
