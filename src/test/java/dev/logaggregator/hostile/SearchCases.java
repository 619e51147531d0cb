package dev.logaggregator.hostile;

import static dev.logaggregator.hostile.Request.encoded;
import static dev.logaggregator.hostile.Request.get;
import static dev.logaggregator.hostile.Request.put;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that let everything be searched, by the worst that may be asked. */
final class SearchCases {

  private static final String WORST = encoded(Payloads.worstQuery());
  private static final Request ONE_EVENT = get("/events?limit=1");
  private static final Request WORST_SEARCH = get("/events?q=" + WORST);

  private static final Duration WATCHED = Duration.ofSeconds(2);
  private static final Duration WELL_OVER_TIMEOUT = Duration.ofSeconds(3);

  private SearchCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    cases.add(seek(World.FULL));
    cases.add(searches("8 searches of everything by 250 terms", World.FULL, 8, WORST_SEARCH));
    cases.add(searches("200 of them", World.FULL, 200, WORST_SEARCH));
    cases.add(
        searches("6 × /stats/values", World.FULL, 6, get("/stats/values?field=trace&limit=10")));
    cases.add(
        searches(
            "100 × /stats/values of 250 terms",
            World.FULL,
            100,
            get("/stats/values?field=trace&limit=10&q=" + WORST)));
    cases.add(
        searches(
            "100 histograms of 250 terms",
            World.FULL,
            100,
            get("/stats/histogram?by=trace&interval=1s&q=" + WORST)));
    cases.add(
        searches(
            "100 × /stats/fields of 250 terms", World.FULL, 100, get("/stats/fields?q=" + WORST)));
    cases.add(
        searches(
            "6 × p99 of each trace",
            World.FULL,
            6,
            get("/stats/values?field=trace&of=offset&fn=p99&sort=value")));
    cases.add(
        searches(
            "6 × unique traces by topic, a second",
            World.FULL,
            6,
            get("/stats/histogram?by=topic&of=trace&fn=unique&interval=1s")));
    cases.add(
        searches(
            "50 downloads of everything",
            World.FULL,
            50,
            get("/events").with("Accept: application/x-ndjson")));
    cases.add(
        new Case(
                "200 searches whose clients vanish",
                World.FULL,
                onslaught -> {
                  onslaught.crowd(200, Manner.VANISHES, WORST_SEARCH);
                  onslaught.readMeanwhile(ONE_EVENT);
                })
            .then(SearchCases::expectRest));
    cases.add(
        new Case(
                "40 searches beyond aggregator.query.timeout",
                World.FULL,
                onslaught -> {
                  onslaught.crowd(40, Manner.READS, WORST_SEARCH);
                  while (!onslaught.isOver()) {
                    expectInTime(onslaught);
                  }
                })
            .with("aggregator.query.timeout=1s"));
    cases.add(
        new Case(
            "500 streams by 250 terms",
            World.FULL,
            onslaught ->
                onslaught.crowd(
                    500,
                    Manner.NEVER_READS,
                    get("/events?after=-1&q=" + WORST).with("Accept: text/event-stream"))));
    cases.add(
        new Case(
            "500 long polls by 250 terms",
            World.FULL,
            onslaught ->
                onslaught.crowd(
                    500, Manner.READS, get("/events?order=asc&after=-1&wait=60s&q=" + WORST))));
    cases.add(
        backlogs(
            "1,000 subscriptions by 250 terms, whose figures are asked for", World.FULL, 1_000));
    return cases;
  }

  /** A definition with 250 terms, then a seek to the beginning, again and again. */
  static Case seek(World world) {
    return new Case(
        "seeks of a subscription by 250 terms",
        world,
        onslaught -> {
          onslaught.send(put("/subscriptions/x", definition()));
          onslaught.crowd(
              2, Manner.READS, Request.post("/subscriptions/x/seek", "{\"to\":\"earliest\"}"));
          onslaught.crowd(
              2, Manner.READS, Request.post("/subscriptions/x/pull?max=100&wait=1s", "{}"));
          while (!onslaught.isOver()) {
            onslaught.send(get("/subscriptions/x"));
          }
        });
  }

  static Case searches(String name, World world, int clients, Request request) {
    return new Case(
        name,
        world,
        onslaught -> {
          onslaught.crowd(clients, Manner.READS, request);
          onslaught.readMeanwhile(ONE_EVENT);
        });
  }

  static Case worstSearches(World world) {
    return searches("8 searches of everything by 250 terms", world, 8, WORST_SEARCH);
  }

  /** Nobody searches for those who have gone. */
  private static void expectRest(Onslaught onslaught) throws InterruptedException {
    Thread.sleep(WATCHED);
    Duration before = onslaught.target().processorTime();
    Thread.sleep(WATCHED);
    Duration spent = onslaught.target().processorTime().minus(before);
    onslaught.expect(
        spent.compareTo(WATCHED.dividedBy(2)) < 0,
        "took %d ms of processor for those who have gone".formatted(spent.toMillis()));
  }

  /** What was found when time was over, and that it was. */
  private static void expectInTime(Onslaught onslaught) throws IOException {
    long start = System.nanoTime();
    Connection.Answer answer = onslaught.send(WORST_SEARCH);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    onslaught.expect(
        took.compareTo(WELL_OVER_TIMEOUT) < 0 && answer.text().contains("\"incomplete\""),
        "a search took %d ms and wasn't said to be incomplete".formatted(took.toMillis()));
  }

  private static Case backlogs(String name, World world, int subscriptions) {
    return new Case(
        name,
        world,
        onslaught -> {
          for (int i = 0; i < subscriptions && !onslaught.isOver(); i++) {
            onslaught.send(put("/subscriptions/s" + i, definition()));
          }
          onslaught.crowd(4, Manner.READS, get("/subscriptions"));
          onslaught.readMeanwhile(ONE_EVENT);
        });
  }

  private static String definition() {
    return "{\"start\":\"earliest\",\"q\":\"%s\"}".formatted(Payloads.worstQuery());
  }
}
