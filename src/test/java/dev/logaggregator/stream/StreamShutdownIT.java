package dev.logaggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.stream.SentEvents.Block;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How streams end when the service stops. */
class StreamShutdownIT {

  @Test
  void clientsAreToldToComeBackSpreadOut() {
    RunningAggregator server = RunningAggregator.start();
    List<SentEvents> streams = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      streams.add(SentEvents.open(server, "/events"));
    }
    server.close();

    List<Integer> pauses = new ArrayList<>();
    for (SentEvents stream : streams) {
      Block last = stream.next();
      assertThat(last.lines()).hasSize(1);
      pauses.add(Integer.parseInt(last.field("retry")));
      assertThat(SentEvents.isEnd(stream.next())).isTrue();
      stream.close();
    }
    assertThat(pauses).allMatch(millis -> millis >= 1_000 && millis <= 10_000);
    assertThat(pauses.stream().distinct().count()).isGreaterThan(10);
  }

  @Test
  void aClientThatReadsNothingDoesNotHoldItUp() throws Exception {
    RunningAggregator server = RunningAggregator.start();
    Published orders = new Published(server, "stuck");
    try (RawStream stuck = RawStream.open(server, "/events")) {
      for (int i = 0; i < 20_000; i += 100) {
        orders.publishNumbered(i, i + 100, RawStream.noise(2_000));
      }
      long start = System.nanoTime();
      server.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(stuck.read()).isNotNegative();
    }
  }
}
