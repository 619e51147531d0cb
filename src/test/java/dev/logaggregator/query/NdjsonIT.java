package dev.logaggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /events} as NDJSON: everything, a line each. */
class NdjsonIT {

  private static final RunningAggregator AGGREGATOR = RunningAggregator.shared();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NDJSON = "application/x-ndjson";
  private static final int EVENTS = 12_000;

  @BeforeAll
  static void publish() {
    publish("ndjson", 0, EVENTS);
  }

  private static void publish(String topic, int from, int to) {
    String lines =
        IntStream.range(from, to)
            .mapToObj(i -> "{\"topic\":\"%s\",\"id\":\"%d\",\"payload\":%d}".formatted(topic, i, i))
            .collect(Collectors.joining("\n"));
    assertThat(AGGREGATOR.post("/publish", NDJSON, lines).statusCode()).isEqualTo(200);
  }

  @Test
  void givesEveryEventWithoutALimit() {
    HttpResponse<String> answer = download("/events?topic=ndjson&order=asc");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(payloads(answer)).isEqualTo(IntStream.range(0, EVENTS).boxed().toList());
    assertThat(answer.body()).endsWith("}\n");
  }

  @Test
  void givesTheNewestFirstByDefault() {
    HttpResponse<String> answer = download("/events?topic=ndjson");

    assertThat(payloads(answer))
        .isEqualTo(IntStream.range(0, EVENTS).map(i -> EVENTS - 1 - i).boxed().toList());
  }

  @Test
  void keepsToALimit() {
    assertThat(payloads(download("/events?topic=ndjson&limit=3")))
        .containsExactly(11999, 11998, 11997);
    assertThat(download("/events?topic=ndjson&limit=10001").statusCode()).isEqualTo(400);
  }

  @Test
  void isEmptyWhenNothingMatches() {
    HttpResponse<String> answer = download("/events?topic=ndjson-none");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(NDJSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-ndjson", "application/ndjson", "application/jsonl"})
  void goesByAllItsNames(String type) {
    HttpResponse<String> answer = AGGREGATOR.get("/events?topic=ndjson&limit=1", "Accept", type);

    assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
    assertThat(payloads(answer)).containsExactly(EVENTS - 1);
  }

  @Test
  void saysWhereToGoOnFrom() {
    publish("ndjson-cursor", 0, 5);
    String cursor =
        download("/events?topic=ndjson-cursor&order=asc")
            .headers()
            .firstValue(NdjsonDownload.CURSOR)
            .orElseThrow();
    publish("ndjson-cursor", 5, 8);

    assertThat(payloads(download("/events?topic=ndjson-cursor&order=asc&after=" + cursor)))
        .containsExactly(5, 6, 7);
  }

  @Test
  void endsHoweverFastTheLogGrows() throws InterruptedException {
    publish("ndjson-growing", 0, 20_000);
    AtomicBoolean done = new AtomicBoolean();
    Thread publisher =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 20_000; !done.get(); i += 5_000) {
                    publish("ndjson-growing", i, i + 5_000);
                  }
                });
    try {
      List<Integer> read = payloads(download("/events?topic=ndjson-growing&order=asc"));

      assertThat(read).isEqualTo(IntStream.range(0, read.size()).boxed().toList());
      assertThat(read).hasSizeGreaterThanOrEqualTo(20_000);
    } finally {
      done.set(true);
      publisher.join();
    }
  }

  @Test
  void saysHowItWouldAnswerWithoutAnswering() {
    HttpResponse<String> head =
        AGGREGATOR.send(
            AGGREGATOR
                .request("/events?topic=ndjson", "Accept", NDJSON)
                .method("HEAD", BodyPublishers.noBody())
                .build());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type")).hasValue(NDJSON);
    assertThat(head.headers().firstValue(NdjsonDownload.CURSOR)).isPresent();
  }

  @Test
  void waitsForTheFirstMatchWhenAskedTo() throws InterruptedException {
    Thread publisher = Thread.startVirtualThread(() -> publish("ndjson-waiting", 0, 1));

    assertThat(payloads(download("/events?topic=ndjson-waiting&order=asc&wait=30s")))
        .containsExactly(0);
    publisher.join();
  }

  @Test
  void isNotFoundWhenAnEventIsRequiredAndNoneMatches() {
    HttpResponse<String> answer = download("/events?topic=ndjson-none&require=1");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  private static HttpResponse<String> download(String path) {
    return AGGREGATOR.get(path, "Accept", NDJSON);
  }

  private static List<Integer> payloads(HttpResponse<String> answer) {
    return answer.body().lines().map(JSON::readTree).map(e -> e.at("/payload").asInt()).toList();
  }
}
