package dev.logaggregator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetersIT {

  private static RunningAggregator aggregator;

  @BeforeAll
  static void startAndPublish() {
    aggregator = RunningAggregator.start();
    String ndjson =
        """
        {"topic":"metered","id":"1","payload":1}
        {"topic":"metered","id":"2","payload":2}
        {"topic":"metered","id":"2","payload":2}
        {"topic":"","payload":"rejected"}
        """;
    assertThat(aggregator.post("/publish", "application/x-ndjson", ndjson).statusCode())
        .isEqualTo(207);
    assertThat(aggregator.post("/publish", "image/png", "x").statusCode()).isEqualTo(415);
  }

  @AfterAll
  static void stop() {
    aggregator.close();
  }

  @Test
  void theLogsFiguresAddUpAsTheyDoInStats() {
    await().until(() -> scrape().get("aggregator_events_accepted_total") == 2);

    Map<String, Double> meters = scrape();
    assertThat(meters)
        .containsEntry("aggregator_events_accepted_total", 2.0)
        .containsEntry("aggregator_events_duplicates_total", 1.0)
        .containsEntry("aggregator_events_rejected_total", 1.0)
        .containsEntry("aggregator_events_received_total", 4.0)
        .containsEntry("aggregator_events_evicted_total", 0.0)
        .containsEntry("aggregator_events_retained", 2.0)
        .containsEntry("aggregator_topics", 1.0);
    assertThat(meters.get("aggregator_received_bytes_total")).isPositive();
    assertThat(meters.get("aggregator_retained_bytes")).isPositive();
    assertThat(meters.get("aggregator_stored_bytes")).isPositive();
    assertThat(meters.get("aggregator_stored_limit_bytes"))
        .isGreaterThan(meters.get("aggregator_stored_bytes"));
  }

  @Test
  void publishesAreTimedByOutcome() {
    assertThat(scrape())
        .containsEntry("aggregator_publish_seconds_count{outcome=\"SUCCESS\"}", 1.0)
        .containsEntry("aggregator_publish_seconds_count{outcome=\"CLIENT_ERROR\"}", 1.0)
        .containsEntry("aggregator_publish_seconds_count{outcome=\"SERVER_ERROR\"}", 0.0);
  }

  @Test
  void queriesAreTimedUnlessTheyLastAsTheClientLikes() {
    double before = queries();

    aggregator.get("/events?limit=1");
    aggregator.get("/events?topic=none&order=asc&wait=1ms");

    assertThat(queries()).isEqualTo(before + 1);
  }

  private static double queries() {
    return scrape().entrySet().stream()
        .filter(meter -> meter.getKey().startsWith("aggregator_query_seconds_count"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm_memory_used_bytes", "process_cpu_usage", "process_uptime_seconds"})
  void theMachinesFiguresAreThere(String meter) {
    assertThat(scrape().keySet()).anyMatch(name -> name.startsWith(meter));
  }

  private static Map<String, Double> scrape() {
    Map<String, Double> meters = new TreeMap<>();
    aggregator
        .get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line ->
                meters.put(
                    line.substring(0, line.lastIndexOf(' ')),
                    Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
    return meters;
  }
}
