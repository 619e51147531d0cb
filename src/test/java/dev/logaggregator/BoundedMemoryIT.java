package dev.logaggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Much more is published than fits. */
class BoundedMemoryIT {

  private static final int REQUEST_BYTES = 16 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void keepsWithinItsBoundsWhileMoreIsPublishedThanFits() throws Exception {
    publishThrough(256L << 20, "16MB", "-Xmx96m");
  }

  @Test
  @Tag("long")
  void keepsWithinItsBoundsWhileTwoGigabytesArePublished() throws Exception {
    publishThrough(2L << 30, "64MB", "-Xmx256m");
  }

  private void publishThrough(long bytes, String retention, String heap) throws Exception {
    try (AggregatorProcess aggregator =
        AggregatorProcess.start(
            List.of(heap, "-XX:+ExitOnOutOfMemoryError"),
            "aggregator.retention.max-bytes=" + retention,
            "aggregator.deduplication.max-ids=100000")) {
      long published = 0;
      for (long sent = 0; sent < bytes; sent += REQUEST_BYTES) {
        JsonNode receipt = publish(aggregator, new Random(sent));
        assertThat(receipt.get("rejected").asLong()).isZero();
        published += receipt.get("accepted").asLong();
      }

      JsonNode stats = get(aggregator, "/stats");
      JsonNode events = stats.get("events");
      long limit = Long.parseLong(retention.replace("MB", "")) << 20;
      assertThat(events.get("accepted").asLong()).isEqualTo(published);
      assertThat(events.get("evicted").asLong()).isPositive();
      assertThat(events.get("retained").asLong() + events.get("evicted").asLong())
          .isEqualTo(published);
      // Beside the events themselves: the deduplication window, whose size is a setting.
      assertThat(stats.get("bytes").get("stored").asLong()).isBetween(limit / 2, limit + (8 << 20));
      JsonNode page =
          get(
              aggregator,
              "/events?order=asc&limit=1&after=" + stats.get("epoch").asString() + ".0");
      assertThat(page.get("gap").get("to").asString())
          .isEqualTo(stats.get("epoch").asString() + "." + (stats.get("firstOffset").asLong() - 1));
      assertThat(page.get("events").get(0).get("offset").asLong())
          .isEqualTo(stats.get("firstOffset").asLong());
      assertThat(aggregator.isAlive()).isTrue();
      assertThat(aggregator.log()).doesNotContain("OutOfMemoryError", "ERROR");
    }
  }

  private JsonNode publish(AggregatorProcess aggregator, Random random) throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(aggregator.uri("/publish/load"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofInputStream(() -> lines(random)))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private JsonNode get(AggregatorProcess aggregator, String path) throws Exception {
    return JSON.readTree(
        client
            .send(HttpRequest.newBuilder(aggregator.uri(path)).build(), BodyHandlers.ofString())
            .body());
  }

  /** A request's worth of events, made as they are sent. */
  private static InputStream lines(Random random) {
    return new java.io.SequenceInputStream(
        new java.util.Enumeration<>() {
          private int made;

          @Override
          public boolean hasMoreElements() {
            return made < REQUEST_BYTES;
          }

          @Override
          public InputStream nextElement() {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 200; i++) {
              lines
                  .append("{\"message\":\"request handled\",\"status\":")
                  .append(200 + random.nextInt(300))
                  .append(",\"user\":\"user-")
                  .append(random.nextInt(100_000))
                  .append("\",\"trace\":\"")
                  .append(Long.toHexString(random.nextLong()))
                  .append(Long.toHexString(random.nextLong()))
                  .append("\",\"durationMillis\":")
                  .append(random.nextInt(5_000))
                  .append("}\n");
            }
            byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
            made += bytes.length;
            return new ByteArrayInputStream(bytes);
          }
        });
  }
}
