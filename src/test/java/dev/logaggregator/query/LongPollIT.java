package dev.logaggregator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code GET /events?wait=…}: the answer comes with the first match. */
@Timeout(60)
class LongPollIT {

  private static final RunningAggregator AGGREGATOR = RunningAggregator.shared();

  @Test
  void answersAtOnceWithWhatIsThere() {
    publish(AGGREGATOR, "poll-there", "1");

    JsonNode page = AGGREGATOR.getJson("/events?topic=poll-there&order=asc&wait=60s");

    assertThat(page.at("/events/0/id").asString()).isEqualTo("1");
  }

  @Test
  void answersWithTheFirstMatchAsSoonAsItIsPublished() {
    String start = AGGREGATOR.getJson("/events?order=asc&limit=10000").at("/next").asString();
    CompletableFuture<HttpResponse<String>> answer =
        ask(AGGREGATOR, "/events?topic=poll-later&order=asc&wait=60s&after=" + start);

    publish(AGGREGATOR, "poll-other", "1");
    publish(AGGREGATOR, "poll-later", "2");

    JsonNode page = RunningAggregator.json(answer.join());
    assertThat(page.at("/events").size()).isEqualTo(1);
    assertThat(page.at("/events/0/id").asString()).isEqualTo("2");
  }

  @Test
  void goesOnWaitingWhileNothingMatches() {
    CompletableFuture<HttpResponse<String>> answer =
        ask(AGGREGATOR, "/events?topic=poll-patient&order=asc&wait=60s");
    for (int i = 0; i < 20; i++) {
      publish(AGGREGATOR, "poll-noise", "noise-" + i);
    }
    await().during(300, TimeUnit.MILLISECONDS).until(() -> !answer.isDone());

    publish(AGGREGATOR, "poll-patient", "1");

    assertThat(RunningAggregator.json(answer.join()).at("/events").size()).isEqualTo(1);
  }

  @Test
  void endsWithNoEventsWhenNothingCame() {
    publish(AGGREGATOR, "poll-noise", "before");

    HttpResponse<String> answer =
        AGGREGATOR.get("/events?topic=poll-none&order=asc&wait=200ms&after=-1");

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode page = RunningAggregator.json(answer);
    assertThat(page.at("/events").isEmpty()).isTrue();
    assertThat(page.at("/hasMore").asBoolean()).isFalse();
    assertThat(page.at("/next").asString()).as("what was looked at").doesNotEndWith(".-1");
    assertThat(page.at("/tookMillis").asDouble()).isGreaterThanOrEqualTo(200);
  }

  @Test
  void answersAtOnceWhenToldToWaitForNoTimeAtAll() {
    JsonNode page = AGGREGATOR.getJson("/events?topic=poll-none&order=asc&wait=0s");

    assertThat(page.at("/events").isEmpty()).isTrue();
    assertThat(page.at("/hasMore").asBoolean()).isFalse();
  }

  @Test
  void isNotFoundWhenAnEventIsRequiredAndNoneCame() {
    HttpResponse<String> waited =
        AGGREGATOR.get("/events?topic=poll-none&order=asc&wait=100ms&require=1");
    HttpResponse<String> now = AGGREGATOR.get("/events?topic=poll-none&require=1");

    assertThat(waited.statusCode()).isEqualTo(404);
    assertThat(RunningAggregator.json(waited).at("/detail").asString()).contains("100 ms");
    assertThat(now.statusCode()).isEqualTo(404);
  }

  @Test
  void isFoundWhenARequiredEventIsThere() {
    publish(AGGREGATOR, "poll-required", "1");

    assertThat(AGGREGATOR.get("/events?topic=poll-required&require=1").statusCode()).isEqualTo(200);
    assertThat(
            AGGREGATOR.get("/events?topic=poll-required&require=1&order=asc&wait=60s").statusCode())
        .isEqualTo(200);
  }

  @Test
  void doesNotWaitBeyondTheEndOfARange() {
    publish(AGGREGATOR, "poll-range", "1");

    JsonNode page =
        AGGREGATOR.getJson("/events?topic=poll-none&order=asc&wait=60s&after=-1&before=1");

    assertThat(page.at("/events").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait=1s                      | order=asc",
        "wait=1s&order=desc           | order=asc",
        "wait=61s&order=asc           | 60s",
        "wait=2m&order=asc            | 60s",
        "wait=-1s&order=asc           | duration",
        "wait=soon&order=asc          | duration",
        "wait=&order=asc              | duration",
        "wait=1s&wait=1s&order=asc    | repeated",
      })
  void refusesAWaitThatMakesNoSense(String query, String advice) {
    HttpResponse<String> answer = AGGREGATOR.get("/events?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode problem = RunningAggregator.json(answer);
    assertThat(problem.at("/field").asString()).isEqualTo("wait");
    assertThat(problem.at("/detail").asString()).contains(advice);
  }

  @Test
  void isLetGoWhenTheServiceStops() {
    CompletableFuture<HttpResponse<String>> answer;
    long began;
    try (RunningAggregator stopping = RunningAggregator.start()) {
      answer = ask(stopping, "/events?order=asc&wait=60s");
      await().during(500, TimeUnit.MILLISECONDS).until(() -> !answer.isDone());
      began = System.nanoTime();
    }
    assertThat(answer.join().statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  private static CompletableFuture<HttpResponse<String>> ask(
      RunningAggregator aggregator, String path) {
    CompletableFuture<HttpResponse<String>> answer = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            answer.complete(aggregator.get(path));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  private static void publish(RunningAggregator aggregator, String topic, String id) {
    assertThat(
            aggregator
                .post("/publish/" + topic + "?id=" + id, "application/json", "{}")
                .statusCode())
        .isEqualTo(200);
  }
}
