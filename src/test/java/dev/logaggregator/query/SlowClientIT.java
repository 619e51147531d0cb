package dev.logaggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A download that the log outruns: a log that keeps 40,000 events of 1 kB each. */
@Timeout(120)
class SlowClientIT {

  private static final int KEPT = 40_000;

  private static RunningAggregator aggregator;

  @BeforeAll
  static void start() {
    aggregator = RunningAggregator.start("aggregator.retention.max-events=" + KEPT);
  }

  @AfterAll
  static void stop() {
    aggregator.close();
  }

  private static void publish(int from, int to) {
    String padding = "x".repeat(1_000);
    for (int i = from; i < to; i += 1_000) {
      String lines =
          IntStream.range(i, i + 1_000)
              .mapToObj(n -> "{\"topic\":\"t\",\"id\":\"%d\",\"m\":\"%s\"}".formatted(n, padding))
              .collect(Collectors.joining("\n"));
      assertThat(aggregator.post("/publish", "application/x-ndjson", lines).statusCode())
          .isEqualTo(200);
    }
  }

  /**
   * It is not held up for the client's sake, and doesn't keep what is dropped: so the client must
   * see that lines are missing.
   */
  @Test
  void breaksOffWhenWhatItHasNotYetSentIsDropped() throws IOException {
    publish(0, KEPT);
    try (Socket client = new Socket()) {
      client.setReceiveBufferSize(64 * 1024);
      client.connect(new InetSocketAddress("localhost", aggregator.port()));
      client
          .getOutputStream()
          .write(
              """
              GET /events?order=asc HTTP/1.1\r
              Host: localhost\r
              Accept: application/x-ndjson\r
              Connection: close\r
              \r
              """
                  .getBytes(StandardCharsets.US_ASCII));
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(in.readLine()).contains("200");

      publish(KEPT, 3 * KEPT);

      String rest = in.lines().collect(Collectors.joining("\n"));
      assertThat(rest).contains("\"offset\":0,");
      assertThat(rest.lines().reduce("", (first, second) -> second))
          .as("the last chunk, which ends a complete answer")
          .isNotEqualTo("0");
      assertThat(rest).doesNotContain("\"offset\":" + (KEPT - 1) + ",");
    }
  }
}
