package dev.logaggregator.telemetry;

import dev.logaggregator.store.EventStore;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down while the log takes no events, with the reason. Not part of readiness: it can still be read,
 * and whoever took it out of service for that would lose the history too.
 */
@Component("log")
final class LogHealth implements HealthIndicator {

  private final EventStore store;

  LogHealth(EventStore store) {
    this.store = store;
  }

  @Override
  public Health health() {
    String reason = store.unavailableReason();
    Health.Builder health = reason == null ? Health.up() : Health.down();
    if (reason != null) {
      health.withDetail("reason", reason);
    }
    return health.withDetail("durability", store.durability().label()).build();
  }
}
