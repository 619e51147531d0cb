package dev.logaggregator.telemetry;

import dev.logaggregator.worker.Workers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** How often workers failed, by what they are: few names, however many workers there are. */
@Component
final class WorkerMeters implements MeterBinder {

  private final Workers workers;

  WorkerMeters(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    workers.observeNames(
        name ->
            FunctionCounter.builder(
                    "aggregator.worker.restarts", workers, all -> all.restarts(name))
                .description("How often a worker failed and was started again")
                .tag("worker", name)
                .register(registry));
  }
}
