package dev.logaggregator.hostile;

import static dev.logaggregator.hostile.Request.delete;
import static dev.logaggregator.hostile.Request.get;
import static dev.logaggregator.hostile.Request.post;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Topics that come in masses, and go. */
final class TopicCases {

  private static final int MOST_TOPICS = 100_000;
  private static final int AT_ONCE = 20_000;
  private static final String NDJSON = "application/x-ndjson";

  private TopicCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    cases.add(unread(World.EMPTY, MOST_TOPICS - 1_000, 10));
    cases.add(unread(World.EMPTY, MOST_TOPICS - 1_000, 500));
    cases.add(deleteOfTheLargest(World.FULL));
    cases.add(comeAndGo());
    return cases;
  }

  /** Topics with names as long as they may be, whose figures nobody reads. */
  static Case unread(World world, int topics, int clients) {
    return new Case(
            "%,d topics of 255 characters, their figures asked for %d times, unread"
                .formatted(topics, clients),
            world,
            onslaught -> {
              onslaught.crowd(clients, Manner.NEVER_READS, get("/topics"));
              onslaught.crowd(clients, Manner.NEVER_READS, get("/stats?top=100000"));
              onslaught.crowd(clients, Manner.NEVER_READS, get("/actuator/prometheus"));
            })
        .prepared(onslaught -> publishToEach(onslaught, topics))
        .leaving(32);
  }

  static Case deleteOfTheLargest(World world) {
    return new Case(
        "deleting the topic of most events",
        world,
        onslaught -> {
          onslaught.send(delete("/topics/" + World.LARGE_TOPIC));
          onslaught.crowd(8, Manner.READS, delete("/topics/" + World.LARGE_TOPIC));
          onslaught.crowd(8, Manner.READS, delete("/topics/absent"));
        });
  }

  /** A topic without events and without remembered ids gives its place back. */
  private static Case comeAndGo() {
    return new Case(
            "100,000 topics that are deleted, then others",
            World.EMPTY,
            onslaught -> {
              try (Connection connection = new Connection(onslaught.target().port())) {
                for (int i = 0; i < MOST_TOPICS - 1_000; i++) {
                  connection.send(delete("/topics/" + Payloads.longTopic(i)));
                }
              }
            })
        .prepared(onslaught -> publishToEach(onslaught, MOST_TOPICS - 1_000))
        .with("aggregator.deduplication.max-ids=20000")
        .then(
            onslaught -> {
              for (int i = 0; i < 4; i++) {
                byte[] others = Payloads.eventOfEach(0, AT_ONCE, number -> "one");
                onslaught.require(post("/publish", NDJSON, others));
              }
              byte[] fresh = Payloads.eventOfEach(0, AT_ONCE, number -> "fresh" + number);
              int status = onslaught.send(post("/publish", NDJSON, fresh)).status();
              onslaught.expect(status == 200, "20,000 further topics were answered " + status);
            });
  }

  private static void publishToEach(Onslaught onslaught, int topics) throws IOException {
    for (int i = 0; i < topics; i += AT_ONCE) {
      byte[] events = Payloads.eventOfEach(i, Math.min(topics, i + AT_ONCE), Payloads::longTopic);
      onslaught.require(post("/publish", NDJSON, events));
    }
  }
}
