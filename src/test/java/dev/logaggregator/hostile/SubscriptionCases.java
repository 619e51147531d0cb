package dev.logaggregator.hostile;

import static dev.logaggregator.hostile.Request.get;
import static dev.logaggregator.hostile.Request.post;
import static dev.logaggregator.hostile.Request.put;

import java.util.List;

/** Consumers that take and don't acknowledge, and endpoints that don't answer. */
final class SubscriptionCases {

  private SubscriptionCases() {}

  static List<Case> all() {
    return List.of(
        inFlight(20, 100_000),
        deadLetters(),
        gonePulls(),
        waitingPulls(),
        pushes("200 endpoints that never answer, events of 1 MiB", World.HUGE_EVENTS, 200),
        pushes("1,000 endpoints that never answer", World.SMALL, 1_000));
  }

  /** Everything is taken and nothing acknowledged. */
  static Case inFlight(int subscriptions, int each) {
    return new Case(
        "%d subscriptions with %,d events in flight each".formatted(subscriptions, each),
        World.SOME,
        onslaught -> {
          for (int i = 0; i < subscriptions && onslaught.target().isAlive(); i++) {
            onslaught.send(
                put(
                    "/subscriptions/s" + i,
                    "{\"start\":\"earliest\",\"ackDeadline\":\"7d\",\"maxInFlight\":100000}"));
            for (int taken = 0; taken < each; taken += 10_000) {
              onslaught.send(post("/subscriptions/s%d/pull?max=10000".formatted(i), "{}"));
            }
          }
        });
  }

  private static Case deadLetters() {
    return new Case(
        "20 subscriptions whose events all become dead letters",
        World.SOME,
        onslaught -> {
          for (int i = 0; i < 20; i++) {
            onslaught.send(
                put(
                    "/subscriptions/s" + i,
                    "{\"start\":\"earliest\",\"ackDeadline\":\"1s\",\"maxDeliveries\":1,"
                        + "\"maxInFlight\":100000}"));
          }
          onslaught.crowd(
              1,
              40,
              Manner.READS,
              number ->
                  post("/subscriptions/s%d/pull?max=10000&wait=1s".formatted(number % 20), "{}"));
          onslaught.crowd(
              1,
              20,
              Manner.NEVER_READS,
              number -> get("/subscriptions/s%d/dead-letters?limit=10000".formatted(number % 20)));
        });
  }

  /** Those who wait for an event and have gone when it comes must not use up its deliveries. */
  private static Case gonePulls() {
    return new Case(
            "500 pulls whose clients have gone when the event comes",
            World.SMALL,
            onslaught -> {
              onslaught.send(
                  put(
                      "/subscriptions/gone",
                      "{\"topics\":[\"awaited\"],\"ackDeadline\":\"1s\",\"maxDeliveries\":2,"
                          + "\"backoff\":{\"min\":\"1ms\",\"max\":\"1ms\"}}"));
              onslaught.crowd(
                  500, Manner.VANISHES, post("/subscriptions/gone/pull?wait=60s", "{}"));
            })
        .then(
            onslaught -> {
              onslaught.require(post("/publish/awaited", "1"));
              Thread.sleep(5_000);
              long dead =
                  onslaught.require(get("/subscriptions/gone")).at("/deadLettered").asLong();
              onslaught.expect(dead == 0, "delivered to those who have gone, until it was dead");
            });
  }

  private static Case waitingPulls() {
    return new Case(
            "2,500 pulls that wait, from 16 addresses",
            World.SMALL,
            onslaught -> {
              onslaught.send(put("/subscriptions/waiting", "{\"topics\":[\"absent\"]}"));
              onslaught.crowd(
                  16,
                  2_500,
                  Manner.NEVER_READS,
                  number -> post("/subscriptions/waiting/pull?wait=60s", "{}"));
            })
        .besideOthers();
  }

  private static Case pushes(String name, World world, int subscriptions) {
    return new Case(
        name,
        world,
        onslaught -> {
          try (SilentEndpoint endpoint = new SilentEndpoint()) {
            for (int i = 0; i < subscriptions; i++) {
              onslaught.send(
                  put(
                      "/subscriptions/s" + i,
                      "{\"start\":\"earliest\",\"push\":{\"url\":\"http://127.0.0.1:%d/\"}}"
                          .formatted(endpoint.port())));
            }
            while (!onslaught.isOver()) {
              onslaught.send(get("/subscriptions"));
              Thread.sleep(200);
            }
          }
        });
  }
}
