package dev.logaggregator.hostile;

import static dev.logaggregator.hostile.Request.get;
import static dev.logaggregator.hostile.Request.post;
import static dev.logaggregator.hostile.Request.put;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Clients that ask for much and take it slowly, not at all, or leave. */
final class ReadingCases {

  private static final String SSE = "Accept: text/event-stream";
  private static final String NDJSON = "Accept: application/x-ndjson";
  private static final List<Manner> MANNERS =
      List.of(Manner.NEVER_READS, Manner.READS_A_BYTE_A_SECOND, Manner.VANISHES);
  private static final int OF_EACH_ROUTE = 40;
  private static final int MANY = 500;

  private ReadingCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    cases.add(
        unreadStreams(
            "30 streams of events of 1 MiB of control characters, unread", World.HUGE_EVENTS, 30));
    cases.add(unreadStreams("500 of them", World.HUGE_EVENTS, MANY));
    for (Manner manner : MANNERS) {
      cases.add(
          new Case(
              "every route, 40 times, " + said(manner),
              World.SMALL,
              onslaught -> onEveryRoute(onslaught, manner)));
      hugeAnswers()
          .forEach(
              (name, request) ->
                  cases.add(
                      new Case(
                              "500 × %s, 1 MiB of control characters, %s"
                                  .formatted(name, said(manner)),
                              World.HUGE_EVENTS,
                              onslaught -> onslaught.crowd(MANY, manner, request))
                          .prepared(ReadingCases::subscribe)));
    }
    addWaiting(cases);
    return cases;
  }

  /** Those who wait for what comes. */
  private static void addWaiting(List<Case> cases) {
    cases.add(
        liveHugeEvents("500 live streams, unread, and events of 1 MiB", SSE, "/events?topic=live"));
    cases.add(
        liveHugeEvents(
            "500 long polls, unread, which an event of 1 MiB ends",
            "Accept: application/json",
            "/events?topic=live&order=asc&after=-1&wait=60s"));
    cases.add(
        new Case(
                "4,000 streams from 16 addresses, unread",
                World.SMALL,
                onslaught ->
                    onslaught.crowd(
                        16, 4_000, Manner.NEVER_READS, number -> get("/events?after=-1").with(SSE)))
            .besideOthers());
    cases.add(
        new Case(
                "4,000 long polls from 16 addresses",
                World.SMALL,
                onslaught ->
                    onslaught.crowd(
                        16,
                        4_000,
                        Manner.NEVER_READS,
                        number -> get("/events?topic=absent&order=asc&wait=60s")))
            .besideOthers());
  }

  static Case unreadStreams(String name, World world, int clients) {
    return new Case(
        name,
        world,
        onslaught ->
            onslaught.crowd(
                clients, Manner.NEVER_READS, get("/events?topic=huge&after=-1").with(SSE)));
  }

  private static String said(Manner manner) {
    return switch (manner) {
      case NEVER_READS -> "unread";
      case READS_A_BYTE_A_SECOND -> "read a byte a second";
      default -> "by clients that vanish";
    };
  }

  private static Map<String, Request> hugeAnswers() {
    Map<String, Request> requests = new TreeMap<>();
    requests.put("page", get("/events?topic=huge&limit=10000"));
    requests.put("download", get("/events?topic=huge&order=asc").with(NDJSON));
    requests.put("one event", get("/events/0"));
    requests.put("pull", post("/subscriptions/huge/pull?max=10000", "{}"));
    return requests;
  }

  private static void subscribe(Onslaught onslaught) throws Exception {
    onslaught.require(
        put(
            "/subscriptions/huge",
            "{\"topics\":[\"huge\"],\"start\":\"earliest\",\"ackDeadline\":\"1s\","
                + "\"backoff\":{\"min\":\"1ms\",\"max\":\"1ms\"},\"maxDeliveries\":1000}"));
  }

  private static Case liveHugeEvents(String name, String accept, String path) {
    return new Case(
        name,
        World.HUGE_EVENTS,
        onslaught -> {
          onslaught.crowd(MANY, Manner.NEVER_READS, get(path).with(accept));
          while (!onslaught.isOver()) {
            onslaught.send(post("/publish/live", "application/json", Payloads.controlCharacters()));
            Thread.sleep(500);
          }
        });
  }

  private static void onEveryRoute(Onslaught onslaught, Manner manner) throws Exception {
    onslaught.require(
        put("/subscriptions/consumer", "{\"start\":\"earliest\",\"ackDeadline\":\"1s\"}"));
    onslaught.require(post("/subscriptions/consumer/pull?max=10", "{}"));
    for (Request request : routes()) {
      onslaught.crowd(OF_EACH_ROUTE, manner, request);
    }
  }

  /** Each route that answers, as largely as it does. */
  private static List<Request> routes() {
    return List.of(
        get("/events?limit=10000"),
        get("/events?limit=10000&order=asc&q=status%20%3E%20100"),
        get("/events").with(NDJSON),
        get("/events?after=-1").with(SSE),
        get("/events?topic=absent&order=asc&wait=60s"),
        get("/events/10"),
        get("/events/999999999"),
        get("/stats?top=100000"),
        get("/stats/histogram?by=user&interval=1s"),
        get("/stats/values?field=user&limit=1000"),
        get("/topics"),
        get("/subscriptions"),
        get("/subscriptions/consumer"),
        post("/subscriptions/consumer/pull?max=10000", "{}"),
        post("/subscriptions/consumer/pull?max=10000&wait=60s", "{}"),
        post("/subscriptions/consumer/seek", "{\"to\":\"earliest\"}"),
        get("/subscriptions/consumer/dead-letters?limit=10000"),
        post("/subscriptions/consumer/dead-letters/replay", "{}"),
        get("/subscriptions/consumer/attempts"),
        get("/v3/api-docs"),
        get("/swagger-ui/swagger-ui-bundle.js"),
        get("/").with("Accept: text/html"),
        get("/"),
        get("/actuator/prometheus"),
        get("/actuator/health"),
        get("/unknown/" + "x".repeat(4_000)),
        get("/events?q=" + "%22".repeat(1_000)));
  }
}
