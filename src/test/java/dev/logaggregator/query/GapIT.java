package dev.logaggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is gone is said: a log that keeps 1,000 events, of which 5,000 were published. */
class GapIT {

  private static RunningAggregator aggregator;
  private static String epoch;
  private static long oldest;

  @BeforeAll
  static void start() {
    aggregator = RunningAggregator.start("aggregator.retention.max-events=1000");
    String lines =
        IntStream.range(0, 5_000)
            .mapToObj("{\"topic\":\"gap\",\"id\":\"%d\"}"::formatted)
            .collect(Collectors.joining("\n"));
    assertThat(aggregator.post("/publish", "application/x-ndjson", lines).statusCode())
        .isEqualTo(200);
    JsonNode stats = aggregator.getJson("/stats");
    epoch = stats.at("/epoch").asString();
    oldest = stats.at("/firstOffset").asLong();
    assertThat(oldest).isGreaterThan(3_900);
  }

  @AfterAll
  static void stop() {
    aggregator.close();
  }

  @Test
  void aPageSaysWhatACursorPointsToThatIsGoneAndGoesOnFromTheOldest() {
    JsonNode page = aggregator.getJson("/events?order=asc&limit=1&after=" + epoch + ".10");

    assertThat(page.at("/gap/from").asString()).isEqualTo(epoch + ".10");
    assertThat(page.at("/gap/to").asString()).isEqualTo(epoch + "." + (oldest - 1));
    assertThat(page.at("/events/0/offset").asLong()).isEqualTo(oldest);
    assertThat(
            aggregator.getJson("/events?order=asc&after=" + page.at("/next").asString()).has("gap"))
        .isFalse();
  }

  @Test
  void anOffsetAloneMeansThisLog() {
    JsonNode page = aggregator.getJson("/events?order=asc&limit=1&after=10");

    assertThat(page.at("/gap/to").asString()).isEqualTo(epoch + "." + (oldest - 1));
  }

  @Test
  void aCursorOfAnotherLogHasMissedAllThatIsGoneOfThisOne() {
    JsonNode page = aggregator.getJson("/events?order=asc&limit=1&after=another1.4500");

    assertThat(page.at("/gap/from").asString()).isEqualTo("another1.4500");
    assertThat(page.at("/gap/to").asString()).isEqualTo(epoch + "." + (oldest - 1));
    assertThat(page.at("/events/0/offset").asLong()).isEqualTo(oldest);
  }

  @Test
  void readingBackwardFromACursorThatIsGoneFindsNothingAndSaysSo() {
    JsonNode page = aggregator.getJson("/events?before=" + epoch + ".10");

    assertThat(page.at("/events").isEmpty()).isTrue();
    assertThat(page.at("/hasMore").asBoolean()).isFalse();
    assertThat(page.at("/gap/from").asString()).isEqualTo(epoch + ".10");
  }

  @Test
  void readingBackwardFromACursorOfAnotherLogFindsNothingOfThisOne() {
    JsonNode page = aggregator.getJson("/events?before=another1.4900");

    assertThat(page.at("/events").isEmpty()).isTrue();
    assertThat(page.has("gap")).isTrue();
  }

  @Test
  void theOldestEventIsNoGapAway() {
    long last = oldest - 1;

    assertThat(aggregator.getJson("/events?order=asc&after=" + epoch + "." + last).has("gap"))
        .isFalse();
    assertThat(aggregator.getJson("/events?order=asc").has("gap")).as("no cursor").isFalse();
    assertThat(aggregator.getJson("/events").has("gap")).isFalse();
  }

  @Test
  void aDownloadSaysItInAHeader() {
    HttpResponse<String> answer =
        aggregator.get(
            "/events?order=asc&after=" + epoch + ".10", "Accept", "application/x-ndjson");

    assertThat(answer.headers().firstValue(NdjsonDownload.GAP))
        .hasValue("%s.10..%s.%d".formatted(epoch, epoch, oldest - 1));
    assertThat(answer.body().lines()).hasSize((int) (5_000 - oldest));
    assertThat(
            aggregator
                .get("/events?order=asc", "Accept", "application/x-ndjson")
                .headers()
                .firstValue(NdjsonDownload.GAP))
        .isEmpty();
  }

  @Test
  void anEventIsFoundByItsOffset() {
    JsonNode event = aggregator.getJson("/events/" + oldest);

    assertThat(event.at("/offset").asLong()).isEqualTo(oldest);
    assertThat(event.at("/topic").asString()).isEqualTo("gap");
    assertThat(event.at("/id").asString()).isEqualTo(String.valueOf(oldest));
  }

  @Test
  void anEventThatIsGoneIsSaidToBeEvicted() {
    assertThat(detailOfMissing(oldest - 1)).contains("is evicted", "oldest", "" + oldest);
    assertThat(detailOfMissing(0)).contains("is evicted");
  }

  @Test
  void anEventThatIsNotThereYetIsSaidToBeNotYetWritten() {
    assertThat(detailOfMissing(123_456_789)).contains("not yet written", "next event");
  }

  @Test
  void anEventThatWentWithItsTopicIsSaidToBeSo() {
    aggregator.post("/publish/gap-short-lived", "application/json", "1");
    long offset = aggregator.getJson("/stats").at("/lastOffset").asLong();
    aggregator.post("/publish/gap-after", "application/json", "1");
    aggregator.delete("/topics/gap-short-lived");

    assertThat(detailOfMissing(offset)).contains("with its topic");
  }

  private static String detailOfMissing(long offset) {
    HttpResponse<String> answer = aggregator.get("/events/" + offset);
    assertThat(answer.statusCode()).isEqualTo(404);
    return RunningAggregator.json(answer).at("/detail").asString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "k3f9x2ab.42", "99999999999999999999", "0x1", "%20"})
  void anOffsetMustBeANumber(String offset) {
    HttpResponse<String> answer = aggregator.get("/events/" + offset);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RunningAggregator.json(answer).at("/field").asString()).isEqualTo("offset");
  }

  @Test
  void aSingleEventTakesNoParameters() {
    assertThat(aggregator.get("/events/" + oldest + "?limit=1").statusCode()).isEqualTo(400);
    assertThat(aggregator.get("/events/" + oldest, "Accept", "text/html").statusCode())
        .isEqualTo(406);
  }
}
