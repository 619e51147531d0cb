package dev.logaggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.event.Level;
import dev.logaggregator.stream.SentEvents.Block;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code GET /events} as server-sent events, as the contract has it. */
class StreamIT {

  private static final RunningAggregator SERVER = RunningAggregator.shared();

  private static String events(String topic) {
    return "/events?topic=" + topic;
  }

  @Test
  void sendsWhatIsPublishedFromNowOn() {
    Published orders = new Published(SERVER, "stream.live");
    orders.publish("before");
    try (SentEvents stream = SentEvents.open(SERVER, events("stream.live"))) {
      orders.publish("a", "b");
      orders.publish("c");

      assertThat(stream.nextIds(3)).containsExactly("a", "b", "c");
      assertThat(stream.response().headers().firstValue("Content-Type"))
          .hasValue("text/event-stream");
      assertThat(stream.response().headers().firstValue("Cache-Control")).hasValue("no-cache");
    }
  }

  @Test
  void givesEachEventItsCursorAsIdAndItsJsonAsData() {
    Published orders = new Published(SERVER, "stream.format");
    try (SentEvents stream = SentEvents.open(SERVER, events("stream.format"))) {
      orders.publish("a");

      Block block = stream.next();
      assertThat(block.lines()).hasSize(2);
      assertThat(block.field("id")).matches("[a-z0-9]+\\.[0-9]+");
      assertThat(block.field("id")).endsWith("." + block.data().path("offset").asLong());
      assertThat(block.data().path("topic").asString()).isEqualTo("stream.format");
      assertThat(block.data().path("payload").path("id").asString()).isEqualTo("a");
    }
  }

  @Test
  void goesFromHistoryToLiveWithoutASeam() {
    Published orders = new Published(SERVER, "stream.seam");
    orders.publish("a", "b", "c");
    try (SentEvents stream = SentEvents.open(SERVER, events("stream.seam") + "&since=1h")) {
      orders.publish("d");

      assertThat(stream.nextIds(4)).containsExactly("a", "b", "c", "d");
    }
  }

  @Test
  void startsAfterACursor() {
    Published orders = new Published(SERVER, "stream.after");
    orders.publish("a", "b", "c");
    String cursor;
    try (SentEvents stream = SentEvents.open(SERVER, events("stream.after") + "&since=1h")) {
      cursor = stream.next().field("id");
    }
    try (SentEvents stream = SentEvents.open(SERVER, events("stream.after") + "&after=" + cursor)) {
      assertThat(stream.nextIds(2)).containsExactly("b", "c");
    }
  }

  @Test
  void goesOnAfterTheLastEventIdWhateverTheAddressSays() {
    Published orders = new Published(SERVER, "stream.last");
    orders.publish("a", "b", "c", "d");
    List<Block> first;
    try (SentEvents stream = SentEvents.open(SERVER, events("stream.last") + "&replay=10")) {
      first = stream.next(3);
    }
    String last = first.getLast().field("id");
    for (String start : List.of("", "&replay=10", "&since=1h", "&after=0")) {
      try (SentEvents stream =
          SentEvents.open(SERVER, events("stream.last") + start, "Last-Event-ID", last)) {
        assertThat(stream.nextIds(1)).as(start).containsExactly("d");
      }
    }
  }

  @Test
  void replaysTheNewestMatchingEvents() {
    Published orders = new Published(SERVER, "stream.replay");
    Published others = new Published(SERVER, "stream.replay-not");
    orders.publish("a", "b", "c");
    others.publish("x", "y", "z");
    try (SentEvents stream = SentEvents.open(SERVER, events("stream.replay") + "&replay=2")) {
      orders.publish("d");

      assertThat(stream.nextIds(3)).containsExactly("b", "c", "d");
    }
  }

  @Test
  void replaysAllThereIsWhenThereAreFewer() {
    Published orders = new Published(SERVER, "stream.few");
    orders.publish("a");
    try (SentEvents stream = SentEvents.open(SERVER, events("stream.few") + "&replay=100")) {
      assertThat(stream.nextIds(1)).containsExactly("a");
    }
  }

  @Test
  void takesEveryFilter() {
    Published orders = new Published(SERVER, "stream.filter");
    try (SentEvents minLevel = SentEvents.open(SERVER, events("stream.filter") + "&minLevel=warn");
        SentEvents query = SentEvents.open(SERVER, events("stream.*ter") + "&q=id:b")) {
      orders.publish("a", Level.ERROR);
      orders.publish("b", Level.INFO);
      orders.publish("c", Level.WARN);

      assertThat(minLevel.nextIds(2)).containsExactly("a", "c");
      assertThat(query.nextIds(1)).containsExactly("b");
      assertThat(query.isDrained()).isTrue();
    }
  }

  @Test
  void tellsOfAnotherEpochAndGoesOnFromTheOldest() {
    Published orders = new Published(SERVER, "stream.epoch");
    orders.publish("a");
    try (SentEvents stream =
        SentEvents.open(SERVER, events("stream.epoch"), "Last-Event-ID", "otherlog.17")) {
      Block gap = stream.next();

      assertThat(gap.field("event")).isEqualTo("gap");
      assertThat(gap.data().path("from").asString()).isEqualTo("otherlog.17");
      assertThat(gap.data().path("to").asString()).isEqualTo(gap.field("id"));
      assertThat(stream.nextIds(1)).containsExactly("a");
    }
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    for (String wrong :
        List.of(
            "after=x",
            "replay=-1",
            "replay=x",
            "replay=10001",
            "after=1&replay=1",
            "minLevel=loud",
            "q=(",
            "unknown=1")) {
      HttpResponse<String> response = SERVER.get("/events?" + wrong, "Accept", "text/event-stream");

      assertThat(response.statusCode()).as(wrong).isEqualTo(400);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      assertThat(RunningAggregator.json(response).path("detail").asString()).isNotBlank();
    }
    assertThat(
            SERVER
                .get("/events", "Accept", "text/event-stream", "Last-Event-ID", "nonsense")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void keepsASilentStreamAwakeWithComments() {
    try (RunningAggregator server = RunningAggregator.start("aggregator.stream.heartbeat=50ms");
        SentEvents stream = SentEvents.open(server, events("silence"))) {
      assertThat(stream.next(3))
          .allSatisfy(block -> assertThat(block.lines()).containsExactly(":"));
    }
  }

  @Test
  void refusesAStreamTooManyAndTakesOneAgainWhenAnotherHasEnded() {
    try (RunningAggregator server =
        RunningAggregator.start(
            "aggregator.stream.max-streams=3", "aggregator.stream.max-streams-per-client=2")) {
      SentEvents first = SentEvents.open(server, "/events");
      try (SentEvents second = SentEvents.open(server, "/events")) {
        HttpResponse<String> refused = server.get("/events", "Accept", "text/event-stream");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("max-streams-per-client");
        assertThat(server.get("/actuator/health").statusCode()).isEqualTo(200);

        first.close();
        await().untilAsserted(() -> assertThat(server.bean(Streams.class).count()).isEqualTo(1));
        SentEvents third = SentEvents.open(server, "/events");
        assertThat(third.response().statusCode()).isEqualTo(200);
        third.close();
      }
    }
  }

  @Test
  void leavesWhoAsksForNothingInParticularToPages() {
    for (String accept : List.of("*/*", "application/json", "application/*")) {
      assertThat(
              SERVER.get("/events?limit=1", "Accept", accept).headers().firstValue("Content-Type"))
          .as(accept)
          .hasValue("application/json");
    }
  }

  @Test
  void askedForItsHeadersOnlyItEnds() {
    HttpResponse<String> response =
        SERVER.send(SERVER.request("/events", "Accept", "text/event-stream").HEAD().build());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }
}
