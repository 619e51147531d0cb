package dev.logaggregator.subscription.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.subscription.Deliveries;
import dev.logaggregator.subscription.SubscriptionLookup;
import dev.logaggregator.webhook.CheckedResolver;
import dev.logaggregator.webhook.Receiver;
import dev.logaggregator.worker.Workers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A pusher whose thread fails goes on with what is left, and whoever watches the service sees it.
 */
class FailingPusherIT {

  @Test
  void isStartedAgainAndShowsInHealthAndMeters() {
    try (RunningAggregator server = RunningAggregator.start();
        Receiver endpoint = Receiver.answering(204)) {
      server.bean(Pushers.class).end();
      AtomicBoolean broken = new AtomicBoolean(true);
      Pushers failing =
          pushers(
              server,
              () -> {
                if (broken.get()) {
                  throw new IllegalStateException("the clock is broken");
                }
                return Instant.EPOCH;
              });
      PushedTo subscription = PushedTo.create(server, "billing", endpoint.url(), "");
      failing.changed(server.bean(SubscriptionLookup.class).require("billing"));
      server.post("/publish/billing?id=1", "application/json", "{}");

      await().until(() -> restarts(server) >= 2);
      JsonNode health = server.getJson("/actuator/health").path("components").path("workers");
      assertThat(health.path("status").asString()).isEqualTo("UP");
      assertThat(health.path("details").path("failing").asInt()).isEqualTo(1);
      assertThat(health.path("details").path("pusher-billing").asString())
          .startsWith("IllegalStateException, restarts: ");
      assertThat(server.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);

      broken.set(false);
      await().until(() -> subscription.count("acked") == 1);
      assertThat(endpoint.eventIds()).containsExactly("1");
      failing.end();
      failing.destroy();
    }
  }

  private static double restarts(RunningAggregator server) {
    return server
        .get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith("aggregator_worker_restarts_total{worker=\"pusher\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static Pushers pushers(RunningAggregator server, InstantSource stopwatch) {
    return new Pushers(
        server.bean(EventStore.class),
        server.bean(Deliveries.class),
        InstantSource.system(),
        server.bean(PushSettings.class),
        server.bean(Workers.class),
        server.bean(CheckedResolver.class),
        InstantSource.system(),
        stopwatch,
        server.bean(MemoryAccount.class));
  }
}
