package dev.logaggregator.subscription;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.filter.Durations;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Position;
import dev.logaggregator.subscription.Deliveries.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
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

  private final EventStore store;
  private final Subscriptions subscriptions;
  private final Deliveries deliveries;
  private final SubscriptionClock stopping;
  private final InstantSource clock;
  private final WaitingPulls waiting;
  private final MemoryAccount memory;

  ConsumerController(
      EventStore store,
      Subscriptions subscriptions,
      Deliveries deliveries,
      SubscriptionClock stopping,
      InstantSource clock,
      WaitingPulls waiting,
      MemoryAccount memory) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.stopping = stopping;
    this.clock = clock;
    this.waiting = waiting;
    this.memory = memory;
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
      throw new PushedSubscriptionException(name);
    }
    Pull pull =
        new Pull(
            subscription, max, request.getRemoteAddr(), deliveries, waiting, stopping::hasEnded);
    try (PullAnswer answer = new PullAnswer(request, response, store, memory)) {
      pull.answer(answer, waitNanos);
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
    try (Claim claim = body(request);
        AnswerChunks answer = answer(request, response)) {
      JsonFields fields = JsonFields.of(request, Set.of("ackIds"), claim);
      send("acked", deliveries.acknowledge(subscription, ackIds(fields)), answer);
    }
  }

  @PostMapping("/nack")
  void nack(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    Subscription subscription = subscriptions.require(name);
    try (Claim claim = body(request);
        AnswerChunks answer = answer(request, response)) {
      JsonFields fields = JsonFields.of(request, Set.of("ackIds", "delay"), claim);
      String delay = fields.text("delay");
      Duration pause = delay == null ? null : Durations.parseOrZero("delay", delay);
      requireAtMostLongest("delay", pause);
      send(
          "nacked",
          deliveries.fail(subscription, ackIds(fields), pause, "not acknowledged: nack"),
          answer);
    }
  }

  @PostMapping("/extend")
  void extend(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    Subscription subscription = subscriptions.require(name);
    try (Claim claim = body(request);
        AnswerChunks answer = answer(request, response)) {
      JsonFields fields = JsonFields.of(request, Set.of("ackIds", "by"), claim);
      Duration by = fields.duration("by", LONGEST_DELAY, subscription.definition().ackDeadline());
      send("extended", deliveries.extend(subscription, ackIds(fields), by), answer);
    }
  }

  /** For a body, until it is answered. */
  private Claim body(HttpServletRequest request) {
    return memory.claim(Use.BODIES, request.getRemoteAddr());
  }

  /** Claimed before the request has its effect. */
  private AnswerChunks answer(HttpServletRequest request, HttpServletResponse response) {
    return new AnswerChunks(request, response, CacheControl.noStore(), memory);
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

  private static void send(String name, Outcome outcome, AnswerChunks answer) throws IOException {
    JsonBuffer out = answer.buffer();
    out.put('{').string(name).put(':').number(outcome.count()).ascii(",\"unknown\":[");
    String separator = "";
    for (String id : outcome.unknown()) {
      out.ascii(separator);
      answer.string(id);
      answer.endOfPart();
      separator = ",";
    }
    out.ascii("]}");
    answer.end();
  }

  @PostMapping("/seek")
  void seek(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    Subscription subscription = subscriptions.require(name);
    Start to = destination(request);
    try (AnswerChunks answer = answer(request, response)) {
      Position position = subscriptions.seek(subscription, to);
      JsonBuffer out = answer.buffer();
      out.ascii("{\"cursor\":").string(subscriptions.cursor(position.offset()).toString());
      SubscriptionJson.gap(position.gap(), out);
      out.put('}');
      answer.end();
    }
  }

  private Start destination(HttpServletRequest request) throws IOException {
    try (Claim claim = body(request)) {
      JsonFields fields = JsonFields.of(request, Set.of("to"), claim);
      String to = fields.textOrNumber("to");
      if (to == null) {
        throw fields.wrong("to", "must say where: latest, earliest, a cursor or a time");
      }
      return Start.parse("to", to, clock.instant());
    }
  }
}
