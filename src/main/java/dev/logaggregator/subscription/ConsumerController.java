package dev.logaggregator.subscription;

import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.filter.Durations;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.request.JsonAnswer;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.store.Gap;
import dev.logaggregator.store.Position;
import dev.logaggregator.subscription.Deliveries.Outcome;
import dev.logaggregator.subscription.Deliveries.Taken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What consumers of a subscription ask for: events, and to be rid of them. */
@RestController
@RequestMapping(path = "/subscriptions/{name}")
final class ConsumerController {

  private static final int PULLED = 100;
  private static final int MOST_PULLED = 10_000;
  private static final int MOST_ACK_IDS = 10_000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration LONGEST_DELAY = Duration.ofDays(7);

  /** An answer that has so much gets no further event; the next pull does. */
  private static final int MOST_BYTES = 8 << 20;

  private final Subscriptions subscriptions;
  private final Deliveries deliveries;
  private final SubscriptionClock stopping;
  private final InstantSource clock;
  private final Semaphore waiting;

  ConsumerController(
      Subscriptions subscriptions,
      Deliveries deliveries,
      SubscriptionClock stopping,
      InstantSource clock,
      SubscriptionSettings settings) {
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.stopping = stopping;
    this.clock = clock;
    this.waiting = new Semaphore(settings.maxWaitingPulls());
  }

  @PostMapping("/pull")
  void pull(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters parameters = QueryParameters.of(request, Set.of("max", "wait"));
    int max = parameters.number("max", 1, MOST_PULLED, PULLED);
    long waitNanos = waitNanos(parameters.text("wait"));
    Subscription subscription = subscriptions.require(name);
    if (subscription.definition().push() != null) {
      throw Subscriptions.problem(
          HttpStatus.CONFLICT,
          "%s is pushed to its endpoint; without push, it could be pulled from.".formatted(name));
    }
    JsonBuffer out = new JsonBuffer(1024);
    out.ascii("{\"messages\":[");
    Gap gap = pull(subscription, max, waitNanos, out);
    out.put(']');
    SubscriptionJson.gap(gap, out);
    out.put('}');
    JsonAnswer.send(response, out, CacheControl.noStore());
  }

  private @Nullable Gap pull(Subscription subscription, int max, long waitNanos, JsonBuffer out)
      throws IOException {
    long end = System.nanoTime() + waitNanos;
    Gap gap = null;
    int taken = 0;
    while (true) {
      long seen = subscription.changes();
      Taken more = take(subscription, max - taken, out);
      taken += more.count();
      gap = more.gap() == null ? gap : more.gap();
      long left = end - System.nanoTime();
      if (subscription.isDeleted()) {
        subscriptions.require(subscription.name());
      }
      if (taken > 0 || stopping.hasEnded() || (left <= 0 && !more.mayHaveMore())) {
        return gap;
      }
      if (!more.mayHaveMore()) {
        await(subscription, seen, left);
      }
    }
  }

  private Taken take(Subscription subscription, int max, JsonBuffer out) throws IOException {
    return deliveries.take(
        subscription,
        max,
        subscription.definition().ackDeadline(),
        (delivery, event) -> {
          boolean first = out.bytes()[out.length() - 1] == '[';
          out.ascii(first ? "{\"ackId\":\"" : ",{\"ackId\":\"").ascii(delivery.ackId());
          out.ascii("\",\"delivery\":").number(delivery.number()).ascii(",\"event\":");
          EventJson.write(event, out);
          out.put('}');
          return out.length() < MOST_BYTES;
        });
  }

  private void await(Subscription subscription, long seen, long nanos) {
    if (!waiting.tryAcquire()) {
      ErrorResponseException refusal =
          Subscriptions.problem(
              HttpStatus.SERVICE_UNAVAILABLE,
              "As many pulls wait as aggregator.subscription.max-waiting-pulls allows; pull without"
                  + " wait, or come back later.");
      refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
      throw refusal;
    }
    try {
      subscription.await(seen, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.release();
    }
  }

  private static long waitNanos(@Nullable String text) {
    Duration wait = text == null ? Duration.ZERO : Durations.parseOrZero("wait", text);
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      throw new InvalidEventException("wait", "must be from 0s to 60s; ask again to wait longer");
    }
    return wait.toNanos();
  }

  @PostMapping("/ack")
  void ack(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    Subscription subscription = subscriptions.require(name);
    JsonFields fields = JsonFields.of(request, Set.of("ackIds"));
    send("acked", deliveries.acknowledge(subscription, ackIds(fields)), response);
  }

  @PostMapping("/nack")
  void nack(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    Subscription subscription = subscriptions.require(name);
    JsonFields fields = JsonFields.of(request, Set.of("ackIds", "delay"));
    String delay = fields.text("delay");
    Duration pause = delay == null ? null : Durations.parseOrZero("delay", delay);
    requireAtMostLongest("delay", pause);
    send(
        "nacked",
        deliveries.fail(subscription, ackIds(fields), pause, "not acknowledged: nack"),
        response);
  }

  @PostMapping("/extend")
  void extend(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    Subscription subscription = subscriptions.require(name);
    JsonFields fields = JsonFields.of(request, Set.of("ackIds", "by"));
    Duration by = fields.duration("by", LONGEST_DELAY, subscription.definition().ackDeadline());
    send("extended", deliveries.extend(subscription, ackIds(fields), by), response);
  }

  private static void requireAtMostLongest(String name, @Nullable Duration duration) {
    if (duration != null && duration.compareTo(LONGEST_DELAY) > 0) {
      throw new InvalidEventException(name, "must be at most " + Durations.format(LONGEST_DELAY));
    }
  }

  private static List<String> ackIds(JsonFields fields) {
    List<String> ids = fields.texts("ackIds", MOST_ACK_IDS);
    if (ids.isEmpty()) {
      throw fields.wrong("ackIds", "must name at least one delivery, as the pull did");
    }
    return ids;
  }

  private static void send(String name, Outcome outcome, HttpServletResponse response)
      throws IOException {
    JsonBuffer out = new JsonBuffer(1024);
    out.put('{').string(name).put(':').number(outcome.count()).ascii(",\"unknown\":[");
    String separator = "";
    for (String id : outcome.unknown()) {
      out.ascii(separator).string(id);
      separator = ",";
    }
    out.ascii("]}");
    JsonAnswer.send(response, out, CacheControl.noStore());
  }

  @PostMapping("/seek")
  void seek(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    Subscription subscription = subscriptions.require(name);
    JsonFields fields = JsonFields.of(request, Set.of("to"));
    String to = fields.textOrNumber("to");
    if (to == null) {
      throw fields.wrong("to", "must say where: latest, earliest, a cursor or a time");
    }
    Position position = subscriptions.seek(subscription, Start.parse("to", to, clock.instant()));
    JsonBuffer out = new JsonBuffer(1024);
    out.ascii("{\"cursor\":").string(subscriptions.cursor(position.offset()).toString());
    SubscriptionJson.gap(position.gap(), out);
    JsonAnswer.send(response, out.put('}'), CacheControl.noStore());
  }
}
