package dev.logaggregator.telemetry;

import dev.logaggregator.worker.Worker;
import dev.logaggregator.worker.Workers;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Names the workers that fail. Up all the same: each is started again, a restart of the service
 * would lose the log, and what the log can't take because of one it refuses, which {@link
 * LogHealth} says.
 */
@Component("workersHealthIndicator") // shown as workers
final class WorkerHealth implements HealthIndicator {

  /** A subscription has one each, and there may be a thousand that fail for one reason. */
  private static final int MOST_NAMED = 20;

  private final Workers workers;

  WorkerHealth(Workers workers) {
    this.workers = workers;
  }

  @Override
  public Health health() {
    List<Worker> failing = workers.all().stream().filter(Worker::isFailing).toList();
    Health.Builder health = Health.up().withDetail("failing", failing.size());
    failing.stream()
        .limit(MOST_NAMED)
        .forEach(worker -> health.withDetail(worker.thread().getName(), state(worker)));
    return health.build();
  }

  /** Of what it threw the kind only: the rest is in the log, for those who may read that. */
  private static String state(Worker worker) {
    Throwable failure = worker.lastFailure();
    return (failure == null ? "failure" : failure.getClass().getSimpleName())
        + ", restarts: "
        + worker.restarts();
  }
}
